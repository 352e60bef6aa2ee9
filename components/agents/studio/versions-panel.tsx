"use client";

import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PersonName } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { Agent } from "@/contracts/agents";
import { problemOf, useTRPC } from "@/trpc/client";
import { draftOf } from "./draft";
import { useStudio } from "./studio-context";
import { VersionDiff } from "./version-diff";

/** Every version of an agent, and what differs between any two. */
export function VersionsPanel({ project, agent }: { project: string; agent: Agent }) {
  const { versions } = agent;
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null);
  const { from, to } = pair ?? { from: Math.max(1, agent.version - 1), to: agent.version };
  const options = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }));
  return (
    <div className="flex flex-col gap-5">
      <Table label="Versions">
        <TableHead>
          <tr>
            <ColumnHead>Version</ColumnHead>
            <ColumnHead>Saved by</ColumnHead>
            <ColumnHead>When</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </tr>
        </TableHead>
        <TableBody>
          {versions.map((version) => (
            <TableRow key={version.id}>
              <TableCell className="tabular">v{version.version}</TableCell>
              <TableCell>
                <PersonName person={version.createdBy} />
              </TableCell>
              <TableCell className="text-muted">
                <RelativeTime value={version.createdAt} />
              </TableCell>
              <TableCell className="text-right">
                {version.version === agent.version ? null : (
                  <OpenAsDraft project={project} id={agent.id} version={version.version} />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {versions.length > 1 ? (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-muted">Compare</span>
            <Select
              aria-label="From version"
              className="w-32"
              options={options}
              value={String(from)}
              onValueChange={(value) => setPair({ from: Number(value), to })}
            />
            <span className="text-muted">with</span>
            <Select
              aria-label="To version"
              className="w-32"
              options={options}
              value={String(to)}
              onValueChange={(value) => setPair({ from, to: Number(value) })}
            />
          </div>
          <Compared project={project} id={agent.id} from={from} to={to} />
        </>
      ) : (
        <p className="text-muted">A changed save becomes version 2; what changed is shown here.</p>
      )}
    </div>
  );
}

type OpenAsDraftProps = { project: string; id: string; version: number };

/** Puts an old version into the editor; saving makes it the newest. */
function OpenAsDraft({ project, id, version }: OpenAsDraftProps) {
  const { draft, change, readOnly } = useStudio();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: () => queries.fetchQuery(trpc.agents.version.queryOptions({ project, id, version })),
    onSuccess: (content) => {
      change(draftOf(draft.name, content));
      toast(`Version ${version} is in the editor`, {
        action: { label: "Undo", onClick: () => change(draft) },
      });
    },
    onError: (error) => toast.error(problemOf(error).detail),
  });
  if (readOnly) return null;
  return (
    <Button size="sm" variant="ghost" busy={open.isPending} onClick={() => open.mutate()}>
      Open as draft
    </Button>
  );
}

type ComparedProps = { project: string; id: string; from: number; to: number };

function Compared({ project, id, from, to }: ComparedProps) {
  const trpc = useTRPC();
  const [before, after] = useQueries({
    queries: [from, to].map((version) =>
      // A version never changes.
      trpc.agents.version.queryOptions({ project, id, version }, { staleTime: Number.POSITIVE_INFINITY }),
    ),
  });
  const error = before?.error ?? after?.error;
  if (error)
    return (
      <ErrorState
        what="The versions did not load"
        why={problemOf(error).detail}
        onRetry={() => void Promise.all([before?.refetch(), after?.refetch()])}
      />
    );
  if (!before?.data || !after?.data) return <SkeletonRows label="Loading the versions" rows={3} />;
  return <VersionDiff label={`Version ${from} → version ${to}`} before={before.data} after={after.data} />;
}
