"use client";

import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { PersonName } from "@/components/ui/avatar";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Agent } from "@/contracts/agents";
import { problemOf, useTRPC } from "@/trpc/client";
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
