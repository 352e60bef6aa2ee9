"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { ComputeVectorsDialog } from "./compute-vectors-dialog";
import { EmbeddingRuns, useEmbeddingRuns } from "./embedding-runs";
import { VectorsTable } from "./vectors-table";

/** The vectors that records have, and the runs that compute them. */
export function VectorsPage({ project }: { project: SettingsProject }) {
  const trpc = useTRPC();
  const [computing, setComputing] = useState(false);
  const may = roleAllows(project.role, "records:write");
  const found = useQuery(trpc.vectors.list.queryOptions({ project: project.slug }, { enabled: may }));
  const compute = (
    <Button variant="primary" onClick={() => setComputing(true)}>
      Compute vectors
    </Button>
  );
  return (
    <SettingsFrame
      project={project}
      current="vectors"
      actions={may && found.data?.items.length !== 0 ? compute : null}
    >
      {may ? (
        <div className="flex flex-col gap-8">
          <Vectors project={project.slug} compute={compute} />
          <EmbeddingRuns project={project.slug} />
          {computing ? (
            <ComputeVectorsDialog project={project.slug} onClose={() => setComputing(false)} />
          ) : null}
        </div>
      ) : (
        <NoPermission title="You can't change vectors">
          Only administrators of the project can. Similar records can be looked for by everybody.
        </NoPermission>
      )}
    </SettingsFrame>
  );
}

function Vectors({ project, compute }: { project: string; compute: ReactNode }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const found = useQuery(trpc.vectors.list.queryOptions({ project }));
  const runs = useEmbeddingRuns(project).data?.items;
  const done = runs?.reduce((sum, run) => sum + run.done, 0);
  const { queryKey } = trpc.vectors.list.queryOptions({ project });
  const recount = useEffectEvent(() => void queries.invalidateQueries({ queryKey }));
  useEffect(() => {
    if (done !== undefined) recount();
  }, [done]);
  return (
    <Section
      title="Vectors of records"
      description="“Similar records” compares these. Without them it compares wording."
    >
      {found.isPending ? (
        <SkeletonRows label="Loading vectors" rows={2} />
      ) : found.isError ? (
        <ErrorState
          what="The vectors did not load"
          why={problemOf(found.error).detail}
          onRetry={() => void found.refetch()}
        />
      ) : found.data.items.length === 0 ? (
        <EmptyState title="No record has a vector yet" action={compute}>
          Have an embedding model compute them here, or send your own through the API.
        </EmptyState>
      ) : (
        <VectorsTable project={project} spaces={found.data.items} />
      )}
    </Section>
  );
}
