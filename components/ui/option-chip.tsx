import type { ComponentProps } from "react";
import { cn } from "./cn";

/** How many colours the options share (app/tokens.css). */
export const optionColorCount = 10;

/** The colour number (1–10) of the option at a place in its label (0-based), when the schema names none. */
export function optionColor(position: number): number {
  return (position % optionColorCount) + 1;
}

type OptionChipProps = Omit<ComponentProps<"span">, "color"> & {
  /** 1–10, see `optionColor`. */
  color: number;
  /** The option's text as people read it. */
  text: string;
  /** `outlined` is an agent's label, `filled` a person's verdict: what is settled looks settled. */
  variant: "outlined" | "filled";
  /** The agent's label that a person has corrected. */
  replaced?: boolean;
  size?: "md" | "lg";
};

/** One option of a label: its colour and, always, its text. */
export function OptionChip({
  color,
  text,
  variant,
  replaced = false,
  size = "md",
  className,
  ...rest
}: OptionChipProps) {
  return (
    <span
      data-option={color}
      className={cn(
        "inline-flex min-w-0 max-w-full items-center gap-1.5 rounded-sm border align-middle",
        size === "md" ? "h-5 px-1.5 text-xs" : "h-6 px-2 text-sm",
        variant === "filled" && "border-transparent bg-option font-medium text-option-on",
        variant === "outlined" && "border-option-text/55 text-option-text",
        replaced && "border-line border-dashed text-faint line-through",
        className,
      )}
      {...rest}
    >
      {variant === "outlined" ? (
        <span
          aria-hidden
          className={cn("size-1.5 shrink-0 rounded-[1px]", replaced ? "bg-line-strong" : "bg-option")}
        />
      ) : null}
      <span className="truncate">{text}</span>
    </span>
  );
}

/** The square of an option in a legend, a menu or an axis, with its text beside. */
export function OptionMark({ color, className }: { color: number; className?: string }) {
  return (
    <span
      aria-hidden
      data-option={color}
      className={cn("inline-block size-2 shrink-0 rounded-[2px] bg-option", className)}
    />
  );
}
