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
    <section aria-label={label} tabIndex={0} className={cn("focus-inset overflow-auto", className)}>
      {children}
    </section>
  );
}
