import type { ReactNode } from "react";
import { cn } from "./cn";

type ToolbarProps = {
  /** "Filters". */
  label: string;
  /** Right end. */
  end?: ReactNode;
  /** On a phone one line that scrolls, rather than several that take the list's place. */
  oneLine?: boolean;
  className?: string;
  children: ReactNode;
};

/** The line of filters and switches above a list. */
export function Toolbar({ label, end, oneLine = false, className, children }: ToolbarProps) {
  return (
    <div
      role="toolbar"
      aria-label={label}
      className={cn(
        "flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b px-4 py-1.5",
        oneLine && "max-sm:fade-sideways max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:[&>*]:shrink-0",
        className,
      )}
    >
      {children}
      {end ? <div className="ml-auto flex items-center gap-2">{end}</div> : null}
    </div>
  );
}
