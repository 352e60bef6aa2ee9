"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Status } from "@/components/ui/badge";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { problemOf, useTRPC } from "@/trpc/client";
import { hasEnded, statusWords } from "./import-status";

const SHOWN = 10;
const POLL = 2000;

/** The newest imports of the project; nothing at all before the first. */
export function RecentImports({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.imports.list.queryOptions(
      { project, limit: SHOWN },
      { refetchInterval: ({ state }) => (state.data?.items.every(hasEnded) ? false : POLL) },
    ),
  );
  if (query.data?.items.length === 0) return null;
  return (
    <Section title="Earlier imports" className="mt-8">
      {query.isPending ? (
        <SkeletonRows label="Loading earlier imports" rows={3} />
      ) : query.isError ? (
        <ErrorState
          what="Earlier imports did not load"
          why={problemOf(query.error).detail}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Table label="Earlier imports">
          <TableHead>
            <TableRow>
              <ColumnHead>File</ColumnHead>
              <ColumnHead>State</ColumnHead>
              <ColumnHead numeric>Rows</ColumnHead>
              <ColumnHead numeric>Imported</ColumnHead>
              <ColumnHead numeric>Refused</ColumnHead>
              <ColumnHead>When</ColumnHead>
            </TableRow>
          </TableHead>
          <TableBody>
            {query.data.items.map((run) => (
              <TableRow key={run.id}>
                <TableCell className="max-w-72 truncate">
                  <Link href={`?run=${run.id}`} className="font-medium hover:underline">
                    {run.source === "paste" ? "Pasted" : (run.fileName ?? run.url ?? "Sent by a program")}
                    {run.kind === "labels" ? " (labels)" : ""}
                  </Link>
                </TableCell>
                <TableCell>
                  <Status tone={statusWords[run.status].tone} live={!hasEnded(run)}>
                    {statusWords[run.status].word}
                  </Status>
                </TableCell>
                <TableCell numeric>
                  <Figure value={run.read} />
                </TableCell>
                <TableCell numeric>
                  <Figure value={run.imported} />
                </TableCell>
                <TableCell numeric>
                  <Figure value={run.refused} />
                </TableCell>
                <TableCell className="text-muted">
                  <RelativeTime value={run.createdAt} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
