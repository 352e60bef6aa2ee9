import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** What every field that takes text shares. */
export const fieldLook = cn(
  "w-full min-w-0 rounded-md border border-line-strong bg-surface text-sm text-text",
  "transition-colors hover:border-text-faint disabled:cursor-not-allowed disabled:border-line disabled:bg-raised disabled:text-faint",
  "read-only:border-line read-only:bg-raised aria-invalid:border-bad",
  "focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0",
);

export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input type={type} className={cn(fieldLook, "h-control px-2", className)} {...rest} />;
}

/** A text field with a magnifier. It needs a `aria-label`, as it stands without a visible label. */
export function SearchInput({ className, ...rest }: ComponentProps<"input"> & { "aria-label": string }) {
  return (
    <span className={cn("relative block", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        className={cn(fieldLook, "h-control pr-2 pl-7 [&::-webkit-search-cancel-button]:hidden")}
        {...rest}
      />
    </span>
  );
}
