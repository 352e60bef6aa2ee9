import type { ComponentProps } from "react";
import { cn } from "./cn";
import { OverflowBox } from "./overflow-box";
import { SortMark } from "./sort-mark";

type TableProps = ComponentProps<"table"> & {
  label: string;
  /** From edge to edge of the page, its text in line with the header above. */
  wide?: boolean;
};

/** A table of at most some hundred rows. It scrolls sideways in its own box; more rows want a `VirtualTable`. */
export function Table({ className, label, wide = false, ...rest }: TableProps) {
  return (
    <OverflowBox label={label}>
      <table
        aria-label={label}
        className={cn(
          "w-full border-collapse text-sm",
          wide && "[&_tr>:first-child]:pl-4 [&_tr>:last-child]:pr-4",
          className,
        )}
        {...rest}
      />
    </OverflowBox>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return (
    <thead
      className={cn(
        // The line stays with the head when rows scroll below it; a border of its row would not.
        "sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)] [&>tr]:border-0 [&>tr]:hover:bg-transparent",
        className,
      )}
      {...rest}
    />
  );
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&>tr:last-child]:border-0", className)} {...rest} />;
}

export function TableRow({ className, selected, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr
      data-selected={selected || undefined}
      className={cn("group/row h-row border-b hover:bg-raised/60 data-selected:bg-accent-soft", className)}
      {...rest}
    />
  );
}

type ColumnHeadProps = ComponentProps<"th"> & {
  /** The direction in force, "none" when it could be sorted, absent when it can't. */
  sort?: "ascending" | "descending" | "none";
  onSort?: () => void;
  /** Numbers stand right. */
  numeric?: boolean;
};

export function ColumnHead({ sort, onSort, numeric = false, className, children, ...rest }: ColumnHeadProps) {
  return (
    <th
      scope="col"
      aria-sort={sort}
      className={cn(
        "h-8 whitespace-nowrap px-3 font-normal text-faint text-xs",
        numeric ? "text-right" : "text-left",
        className,
      )}
      {...rest}
    >
      {sort && onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            "touch-target inline-flex items-center gap-1 rounded-sm hover:text-text",
            sort !== "none" && "text-text",
          )}
        >
          {children}
          <SortMark direction={sort} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

export function TableCell({
  numeric = false,
  className,
  ...rest
}: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td className={cn("px-3 py-1 align-middle", numeric && "tabular text-right", className)} {...rest} />
  );
}
