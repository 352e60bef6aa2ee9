"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { toast } from "@/components/ui/toaster";
import type { EmbeddingRun } from "@/contracts/vectors";
import { problemOf, useTRPC } from "@/trpc/client";

const POLL = 1000;
const SHOWN = 20;

const words = {
  queued: "Waiting for the worker",
  running: "Computing",
  succeeded: "Done",
  failed: "Stopped",
  cancelled: "Cancelled",
} as const;

const isRunning = ({ status }: EmbeddingRun) => status === "queued" || status === "running";

/** The newest runs, asked for again while one goes on. */
export function useEmbeddingRuns(project: string) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.vectors.embeddingRuns.queryOptions({ project, limit: SHOWN }),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? POLL : false),
  });
}

/** Runs of embedding models, newest first, while one goes on live. Nothing is shown where none was started. */
export function EmbeddingRuns({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const found = useEmbeddingRuns(project);
  const cancel = useMutation(
    trpc.vectors.cancelEmbeddings.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.vectors.embeddingRuns.pathKey() }),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  if (found.isError)
    return (
      <ErrorState
        what="The runs did not load"
        why={problemOf(found.error).detail}
        onRetry={() => void found.refetch()}
      />
    );
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <Section title="Runs">
      <ul className="divide-y border-y">
        {found.data.items.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            cancelling={cancel.isPending && cancel.variables.id === run.id}
            onCancel={() => cancel.mutate({ project, id: run.id })}
          />
        ))}
      </ul>
    </Section>
  );
}

type RunRowProps = { run: EmbeddingRun; cancelling: boolean; onCancel: () => void };

function RunRow({ run, cancelling, onCancel }: RunRowProps) {
  const format = useFormat();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <span className="min-w-0 flex-1">
        <span className="font-medium">{run.name}</span> <span className="text-muted">by {run.model}</span>
        {run.error ? <span className="block text-bad">{run.error.detail}</span> : null}
      </span>
      {isRunning(run) ? (
        <ProgressBar
          label={`Vectors ${run.name}`}
          total={run.total}
          parts={[
            { value: run.done, tone: "accent", name: "computed" },
            { value: run.failed, tone: "bad", name: "refused" },
          ]}
          className="w-32"
        />
      ) : null}
      <span className="tabular text-muted">
        {words[run.status]}, {format.count(run.done)} of {format.count(run.total)}
        {run.failed > 0 ? `, ${format.count(run.failed)} refused by the model` : ""}
      </span>
      <span className="text-faint">
        <RelativeTime value={run.createdAt} />
      </span>
      {isRunning(run) ? (
        <Button busy={cancelling} onClick={onCancel}>
          Cancel
        </Button>
      ) : null}
    </li>
  );
}
