"use client";

import { EmptyState } from "@/components/ui/empty-state";
import { Figure, useFormat } from "@/components/ui/figure";
import type { Job } from "@/contracts/jobs";

type ConfidenceHistogramProps = { confidence: Job["confidence"]; asked: boolean };

/** How many labels have which confidence. Each bar says its own number. */
export function ConfidenceHistogram({ confidence: { bins, missing }, asked }: ConfidenceHistogramProps) {
  const format = useFormat();
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0)
    return (
      <EmptyState title="No confidence yet" className="py-6">
        {noneText(asked, missing)}
      </EmptyState>
    );
  return (
    <figure className="max-w-2xl">
      <ol aria-label="Labels by confidence" className="flex h-36 items-end gap-1 border-b">
        {bins.map(({ from, to, count }) => (
          <li key={from} className="flex h-full min-w-0 flex-1 flex-col items-center justify-end gap-1">
            <span className="sr-only">
              {format.decimal(from, 1)} to {format.decimal(to, 1)}:
            </span>
            <span className="tabular text-2xs text-muted">{format.compact(count)}</span>
            <span
              aria-hidden
              className="w-full rounded-t-sm bg-text-muted"
              style={{ height: `${(80 * count) / most}%` }}
            />
          </li>
        ))}
      </ol>
      <div aria-hidden className="mt-1 flex justify-between text-2xs text-faint">
        <span>0</span>
        <span>0.5</span>
        <span>1</span>
      </div>
      {missing > 0 ? (
        <figcaption className="mt-2 text-muted text-xs">
          <Figure value={missing} /> {missing === 1 ? "label has" : "labels have"} none: the model gave no
          log-probabilities for {missing === 1 ? "it" : "them"}.
        </figcaption>
      ) : null}
    </figure>
  );
}

function noneText(asked: boolean, missing: number): string {
  if (!asked) return "The job was started without it.";
  return missing > 0 ? "The model gives no log-probabilities." : "It is written with the first label.";
}
