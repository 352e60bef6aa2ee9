"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import { toast } from "@/components/ui/toaster";
import type { ImportRun } from "@/contracts/imports";
import { problemOf, useTRPC } from "@/trpc/client";
import { hasEnded } from "./import-status";
import { RefusedRows } from "./refused-rows";

const POLL = 500;

type ImportRunViewProps = { project: string; id: string; onAnother: () => void };

/** One import while it runs and as its report afterwards. */
export function ImportRunView({ project, id, onAnother }: ImportRunViewProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.imports.get.queryOptions(
      { project, id },
      { refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : POLL) },
    ),
  );
  if (query.isPending) return <SkeletonRows label="Loading the import" rows={4} />;
  if (!query.data)
    return (
      <ErrorState
        what="The import did not load"
        why={problemOf(query.error).detail}
        onRetry={() => void query.refetch()}
      />
    );
  const run = query.data;
  return (
    <>
      <Section
        title={run.fileName ?? "Import"}
        description={run.encoding ? `Read as ${run.encoding}.` : undefined}
        actions={
          hasEnded(run) ? (
            <>
              <Button onClick={onAnother}>Import another file</Button>
              {run.imported + run.updated > 0 ? (
                <ButtonLink variant="primary" href={`/p/${project}/records`}>
                  See the records
                </ButtonLink>
              ) : null}
            </>
          ) : (
            <CancelButton project={project} id={id} />
          )
        }
      >
        <div aria-live="polite">
          <RunState run={run} />
        </div>
      </Section>
      {run.errors.length > 0 ? <RefusedRows project={project} run={run} /> : null}
    </>
  );
}

function RunState({ run }: { run: ImportRun }) {
  if (run.status === "failed")
    return (
      <Notice tone="bad" title="Nothing was imported">
        {run.error?.detail ?? "The import stopped. Send the file again."}
      </Notice>
    );
  if (run.status === "cancelled")
    return <Notice title="The import was cancelled">Nothing of the file was kept.</Notice>;
  if (run.status === "queued" || run.status === "running")
    return (
      <p className="animate-breathe text-muted">
        {run.read === 0 ? (
          "Waiting for its turn…"
        ) : (
          <>
            Read <Figure value={run.read} /> rows, refused <Figure value={run.refused} />. Records appear when
            all of the file is in.
          </>
        )}
      </p>
    );
  if (run.read === 0)
    return <EmptyState title="The file has no rows">It has a header and nothing below.</EmptyState>;
  return (
    <StatRow>
      <Stat label="Rows in the file">
        <Figure value={run.read} />
      </Stat>
      <Stat label="Imported">
        <Figure value={run.imported} />
      </Stat>
      <Stat label="Updated">
        <Figure value={run.updated} />
      </Stat>
      <Stat label="Skipped" note="known or unchanged">
        <Figure value={run.skipped} />
      </Stat>
      <Stat label="Refused" note={run.refused > 0 ? "listed below" : undefined}>
        <Figure value={run.refused} />
      </Stat>
    </StatRow>
  );
}

function CancelButton({ project, id }: { project: string; id: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const cancel = useMutation(
    trpc.imports.cancel.mutationOptions({
      onSuccess: (run) => queries.setQueryData(trpc.imports.get.queryKey({ project, id }), run),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  return (
    <Button busy={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ project, id })}>
      Cancel the import
    </Button>
  );
}
