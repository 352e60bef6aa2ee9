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
    <div className={cn("row-span-3 grid grid-rows-subgrid gap-y-0 border-l px-4", className)}>
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="tabular mt-0.5 text-text text-xl">{children}</dd>
      {note ? <dd className="mt-0.5 text-faint text-xs">{note}</dd> : null}
    </div>
  );
}

/**
 * As many beside each other as have room, names, numbers and notes in one line each. The line before the first of each
 * row is cut off.
 */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={cn("overflow-hidden", className)}>
      <dl className="-ml-[17px] grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-y-4">{children}</dl>
    </div>
  );
}
