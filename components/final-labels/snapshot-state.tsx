"use client";

import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { AggregationSnapshot } from "@/contracts/aggregation";

type SnapshotProgressProps = {
  snapshot: Pick<AggregationSnapshot, "progress">;
  /** Undefined for those whose role doesn't allow it. */
  onCancel: (() => void) | undefined;
  cancelling: boolean;
};

/** How far a snapshot is that is being made, and a way to stop it. */
export function SnapshotProgress({ snapshot: { progress }, onCancel, cancelling }: SnapshotProgressProps) {
  const format = useFormat();
  const percent = Math.floor(100 * (progress ?? 0));
  return (
    <span className="flex min-w-40 items-center gap-3">
      <ProgressBar
        label="Making the final labels"
        parts={[{ value: percent, tone: "accent", name: "per cent done" }]}
        total={100}
        className="max-w-80"
      />
      <span className="tabular shrink-0 text-muted text-xs">{format.count(percent)} %</span>
      {onCancel ? (
        <Button size="sm" busy={cancelling} onClick={onCancel}>
          Cancel
        </Button>
      ) : null}
    </span>
  );
}

/** Why a snapshot has no rows, in a few words. */
export const failureWords = ({ error }: Pick<AggregationSnapshot, "error">): string =>
  error?.code === "cancelled" ? error.detail : `Failed: ${error?.detail ?? "it was not made."}`;
