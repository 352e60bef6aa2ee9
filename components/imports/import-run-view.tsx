"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, ButtonLink } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { ImportRun } from "@/contracts/imports";
import { problemOf, useTRPC } from "@/trpc/client";
import { ImportFigures } from "./import-figures";
import { ImportProgress } from "./import-progress";
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
        title={run.fileName ?? run.url ?? "Import"}
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
  const format = useFormat();
  if (run.status === "failed")
    return (
      <Notice tone="bad" title="Nothing was imported">
        {run.error?.detail ?? "The import stopped. Send the file again."}
      </Notice>
    );
  if (run.status === "cancelled")
    return <Notice title="The import was cancelled">Nothing of the file was kept.</Notice>;
  return (
    <>
      {run.recovered ? (
        <Notice title="Begun anew" className="mb-4">
          The worker ended in the middle, after {format.counted(run.recovered.lostRows, "row")}. Nothing of
          that run was kept; the import began again{" "}
          {run.recovered.from === "fetch" ? "by fetching the file" : "with the first row of the file"}.
        </Notice>
      ) : null}
      {run.status === "succeeded" ? <ImportFigures run={run} /> : <ImportProgress run={run} />}
    </>
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
