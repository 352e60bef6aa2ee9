import { cn } from "./cn";

/** A bar where text will stand. Give it the width of what is expected. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn("block h-3 w-24 animate-breathe rounded-sm bg-raised", className)} />
  );
}

const widths = ["w-11/12", "w-3/4", "w-5/6", "w-2/3", "w-4/5", "w-7/12"];

/** Rows of a list that is on its way; the words are for screen readers ("Loading records"). */
export function SkeletonRows({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" className="divide-y">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div key={index} className="flex h-row items-center gap-6 px-3">
          <Skeleton className="w-12" />
          <span className="flex-1">
            <Skeleton className={widths[index % widths.length]} />
          </span>
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}
