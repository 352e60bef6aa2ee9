"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { toast } from "@/components/ui/toaster";
import type { SchemaMapping } from "@/contracts/schema-effects";
import { problemOf, useTRPC } from "@/trpc/client";

const POLL = 1000;
const states = {
  queued: "Waiting",
  running: "Mapping",
  succeeded: "Mapped",
  failed: "Stopped by an error",
} as const;

const isRunning = ({ status }: SchemaMapping) => status === "queued" || status === "running";

/** What was mapped to a version, each to be undone. Nothing is shown where nothing was mapped. */
export function VersionMappings({ project, version }: { project: string; version: number }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const format = useFormat();
  const options = trpc.projects.schemaMappings.queryOptions({ project });
  const found = useQuery({
    ...options,
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? POLL : false),
  });
  const undo = useMutation(
    trpc.projects.undoMapping.mutationOptions({
      onSuccess: ({ removed }) => {
        toast(`${format.counted(removed, "mapped label")} taken away`);
        void queries.invalidateQueries({ queryKey: options.queryKey });
      },
    }),
  );
  const mappings = found.data?.items.filter((mapping) => mapping.version === version) ?? [];
  if (found.isError) return <Notice tone="bad">{problemOf(found.error).detail}</Notice>;
  if (mappings.length === 0) return null;
  return (
    <Section title="Mapped labels" description="Copies beside the old labels, which stay with their authors.">
      {undo.isError ? <Notice tone="bad">{problemOf(undo.error).detail}</Notice> : null}
      <ul className="divide-y border-y">
        {mappings.map((mapping) => (
          <li key={mapping.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <span className="min-w-0 flex-1">
              {mapping.rules
                .map(
                  ({ label, from, toLabel, to }) =>
                    `${label}: ${from.join(" + ")} → ${toLabel ? `${toLabel}: ` : ""}${to.join(" + ")}`,
                )
                .join("; ")}
            </span>
            <span className="tabular text-muted">
              {states[mapping.status]}, {format.counted(mapping.mapped, "label")}
            </span>
            <RelativeTime value={mapping.createdAt} />
            {mapping.undoneAt ? (
              <Badge>Undone</Badge>
            ) : (
              <Button
                busy={undo.isPending && undo.variables.id === mapping.id}
                disabled={isRunning(mapping)}
                onClick={() => undo.mutate({ project, id: mapping.id })}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
