import type { ReactNode } from "react";
import { cn } from "./cn";

/** A box that scrolls by itself and can be scrolled by keyboard. The label says what is in it. */
export function ScrollBox({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // Not a landmark: it stands inside a section of the same name. Positioned, so that it clips what is placed in it.
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className={cn("focus-inset relative overflow-auto", className)}
    >
      {children}
    </div>
  );
}
