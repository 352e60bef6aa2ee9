"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { problemOf, useTRPC } from "@/trpc/client";
import { policyWords } from "../policy-words";

/** Every snapshot of a label, newest first. */
export function SnapshotsSection({ project, label }: { project: string; label: string }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.aggregation.list.infiniteQueryOptions(
      { project, label },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const snapshots = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title="Snapshots">
      {list.error && !snapshots ? (
        <ErrorState
          what="The snapshots did not load"
          why={problemOf(list.error).detail}
          onRetry={() => void list.refetch()}
        />
      ) : !snapshots ? (
        <SkeletonRows label="Loading snapshots" rows={3} />
      ) : snapshots.length === 0 ? (
        <p className="text-muted">
          There is none yet. The one you make stays here and can be exported again.
        </p>
      ) : (
        <Table label="Snapshots of final labels">
          <TableHead>
            <TableRow>
              <ColumnHead>Made</ColumnHead>
              <ColumnHead>By</ColumnHead>
              <ColumnHead>Policy</ColumnHead>
              <ColumnHead>Labels of</ColumnHead>
              <ColumnHead numeric>Records</ColumnHead>
              <ColumnHead numeric>By verdict</ColumnHead>
              <ColumnHead numeric>Differing</ColumnHead>
              <ColumnHead numeric>Ties</ColumnHead>
            </TableRow>
          </TableHead>
          <TableBody>
            {snapshots.map(({ id, createdAt, createdBy, policy, annotators, counts }) => (
              <TableRow key={id}>
                <TableCell>
                  <Link href={`/p/${project}/final-labels/${id}`} className="font-medium hover:underline">
                    <RelativeTime value={createdAt} />
                  </Link>
                </TableCell>
                <TableCell>{createdBy.name}</TableCell>
                <TableCell>{policyWords[policy].name}</TableCell>
                <TableCell>{annotators === null ? "everybody" : `${annotators.length} chosen`}</TableCell>
                {[counts.records, counts.verified, counts.differing, counts.ties].map((count, at) => (
                  <TableCell key={["records", "verified", "differing", "ties"][at]} numeric>
                    <Figure value={count} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {list.hasNextPage ? (
        <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older snapshots
        </Button>
      ) : null}
    </Section>
  );
}
