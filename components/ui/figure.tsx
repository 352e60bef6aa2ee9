"use client";

import { cn } from "./cn";
import {
  formatBytes,
  formatCompact,
  formatCost,
  formatCount,
  formatCounted,
  formatDecimal,
  formatDuration,
  formatRange,
  formatShare,
  noFigure,
} from "./format-number";
import { useLocale } from "./reader";
import { Tooltip } from "./tooltip";

const formats = {
  count: formatCount,
  compact: formatCompact,
  share: formatShare,
  decimal: formatDecimal,
  cost: formatCost,
  bytes: formatBytes,
  duration: formatDuration,
} as const;

type FigureFormat = keyof typeof formats;

type FigureProps = {
  /** Counts as they are, shares 0–1, cost in US dollars, bytes, durations in milliseconds. Null when it can't be had. */
  value: number | null | undefined;
  as?: FigureFormat;
  /** Why there is none; shown on hover and focus. */
  reason?: string | undefined;
  className?: string;
};

/** A number in the reader's locale with tabular figures, or "n/a" that says why. */
export function Figure({ value, as = "count", reason, className }: FigureProps) {
  const locale = useLocale();
  if (value === null || value === undefined || !Number.isFinite(value))
    return <NoFigure reason={reason} className={className} />;
  return <span className={cn("tabular", className)}>{formats[as](value, locale)}</span>;
}

type NoFigureProps = {
  reason?: string | undefined;
  /** What stands in place of the number. */
  words?: string;
  className?: string;
};

export function NoFigure({ reason, words = noFigure, className }: NoFigureProps) {
  if (!reason) return <span className={cn("text-faint", className)}>{words}</span>;
  return (
    <Tooltip content={reason}>
      <button
        type="button"
        className={cn(
          "cursor-help rounded-sm text-faint underline decoration-dotted underline-offset-3",
          className,
        )}
      >
        {words}
        <span className="sr-only">: {reason}</span>
      </button>
    </Tooltip>
  );
}

/** The formatters bound to the reader's locale, for text that is put together in code (a button's label, an axis). */
export function useFormat() {
  const locale = useLocale();
  return {
    count: (value: number) => formatCount(value, locale),
    counted: (value: number, one: string, many?: string) => formatCounted(value, locale, one, many),
    compact: (value: number) => formatCompact(value, locale),
    share: (value: number, digits?: number) => formatShare(value, locale, digits),
    range: (low: number, high: number) => formatRange(low, high, locale),
    decimal: (value: number, digits?: number) => formatDecimal(value, locale, digits),
    cost: (value: number) => formatCost(value, locale),
    bytes: (value: number) => formatBytes(value, locale),
    duration: (milliseconds: number) => formatDuration(milliseconds, locale),
  };
}
