"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { BulkRun } from "@/contracts/bulk";
import { isUnderWay, progressOf, sentenceOf, skippedWords, wordsOf } from "./bulk-words";
import { useBulkRuns } from "./use-bulk-runs";

type BulkRunsProps = { project: string; me: string };

/**
 * The bulk actions of a project below whatever screen one is on: how far they are, a way to stop them, and
 * afterwards a way back. They go on in the worker whether somebody looks or not.
 */
export function BulkRuns({ project, me }: BulkRunsProps) {
  const { runs, cancel, undo } = useBulkRuns(project);
  // Closed at one status: when it is taken back, it shows again.
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const shown = runs.filter(
    (run) => isUnderWay(run) || (run.createdBy.id === me && !closed.has(`${run.id} ${run.status}`)),
  );
  if (shown.length === 0) return null;
  return (
    <section
      aria-label="Bulk actions"
      className="sticky bottom-0 z-20 mt-auto max-h-40 shrink-0 divide-y overflow-y-auto border-t bg-overlay"
    >
      {shown.slice(0, 5).map((run) => (
        <BulkRunLine
          key={run.id}
          run={run}
          mine={run.createdBy.id === me}
          onCancel={() => cancel(run.id)}
          onUndo={() => undo(run.id)}
          onClose={() => setClosed(new Set([...closed, `${run.id} ${run.status}`]))}
        />
      ))}
    </section>
  );
}

type BulkRunLineProps = {
  run: BulkRun;
  mine: boolean;
  onCancel: () => void;
  onUndo: () => void;
  onClose: () => void;
};

function BulkRunLine({ run, mine, onCancel, onUndo, onClose }: BulkRunLineProps) {
  const format = useFormat();
  const { done, total } = progressOf(run);
  const underWay = isUnderWay(run);
  const skipped = skippedWords(
    run.status === "undone" ? (run.undo?.skipped ?? []) : run.skipped,
    format.count,
  );
  const ended = run.status === "succeeded" || run.status === "cancelled" || run.status === "failed";
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1">
      <span role="status" className={run.status === "failed" ? "min-w-0 text-bad" : "min-w-0"}>
        {sentenceOf(run, format.count)}
        {!underWay && skipped !== "" ? <span className="text-muted"> · {skipped}</span> : null}
        {mine ? null : <span className="text-muted"> · {run.createdBy.name}</span>}
      </span>
      {underWay ? (
        <span className="flex min-w-48 flex-1 items-center gap-3">
          <ProgressBar
            label={wordsOf(run.action).doing}
            parts={[{ value: done, tone: "accent", name: "done" }]}
            total={total}
            className="max-w-96"
          />
          <span className="tabular shrink-0 text-muted text-xs">
            {format.count(done)} of {format.count(total)}
          </span>
        </span>
      ) : null}
      <span className="ml-auto flex items-center gap-1">
        {underWay && run.status !== "undoing" ? (
          <Button size="sm" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
        {ended && run.undoable && run.changed > 0 ? (
          <Button size="sm" onClick={onUndo}>
            Undo
          </Button>
        ) : null}
        {underWay ? null : (
          <IconButton size="sm" label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        )}
      </span>
    </div>
  );
}
