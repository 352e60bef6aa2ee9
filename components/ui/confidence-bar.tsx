"use client";

import { cn } from "./cn";
import { Figure, NoFigure } from "./figure";

type ConfidenceBarProps = {
  /** Probability 0–1 of the label among its options; null when it can't be had. */
  value: number | null;
  /** Why there is none, e.g. "The model returned no log-probabilities". */
  reason?: string | undefined;
  className?: string;
};

/** Confidence as a bar with its number. One colour for all values: it measures, it doesn't judge. */
export function ConfidenceBar({ value, reason, className }: ConfidenceBarProps) {
  if (value === null) {
    return (
      <NoFigure
        reason={reason ?? "No confidence was stored for this label"}
        className={cn("text-xs", className)}
      />
    );
  }
  return (
    <span className={cn("inline-flex items-center gap-2", className)}>
      <span aria-hidden className="relative h-1 w-12 shrink-0 overflow-hidden rounded-full bg-line">
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-text-muted"
          style={{ width: `${100 * value}%` }}
        />
      </span>
      <Figure value={value} as="decimal" className="w-7 text-muted text-xs" />
    </span>
  );
}
