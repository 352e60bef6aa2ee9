import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type ActionBarProps = { label: string; className?: string | undefined; children: ReactNode };

/** The line below a list: what can be done to many rows at once. */
export function ActionBar({ label, className, children }: ActionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label={label}
      className={cn(
        "flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t bg-surface px-4 py-1.5",
        className,
      )}
    >
      {children}
    </div>
  );
}
