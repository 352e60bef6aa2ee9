import type { ReactNode } from "react";
import { cn } from "./cn";

type StatProps = {
  label: ReactNode;
  /** The number, usually a `Figure` or an `Interval`. */
  children: ReactNode;
  /** Where it comes from: "n = 212, 95% Wilson". */
  note?: ReactNode;
  className?: string;
};

/** One number with its name. Several stand in a `StatRow`, parted by lines, without boxes. */
export function Stat({ label, children, note, className }: StatProps) {
  return (
    <div className={cn("min-w-0 px-4 first:pl-0", className)}>
      <dt className="truncate text-faint text-xs">{label}</dt>
      <dd className="tabular mt-0.5 text-text text-xl">{children}</dd>
      {note ? <dd className="mt-0.5 text-faint text-xs">{note}</dd> : null}
    </div>
  );
}

export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={cn(
        "grid grid-cols-2 gap-y-4 sm:auto-cols-fr sm:grid-flow-col sm:grid-cols-none sm:divide-x max-sm:[&>div]:pl-0",
        className,
      )}
    >
      {children}
    </dl>
  );
}
