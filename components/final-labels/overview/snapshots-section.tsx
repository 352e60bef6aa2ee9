"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AggregationSnapshot } from "@/contracts/aggregation";
import { problemOf, useTRPC } from "@/trpc/client";
import { SOURCE_WORDS } from "../count-words";
import { policyWords } from "../policy-words";
import { failureWords, SnapshotProgress } from "../snapshot-state";
import { useRunningSnapshots } from "../use-running-snapshots";

type SnapshotsSectionProps = {
  project: string;
  label: string;
  /** The reader's role allows to stop one that is being made. */
  canMake: boolean;
};

/** Every snapshot of a label, newest first; those that are being made move. */
export function SnapshotsSection({ project, label, canMake }: SnapshotsSectionProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = trpc.aggregation.list.infiniteQueryOptions(
    { project, label },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
  );
  const list = useInfiniteQuery(options);
  const snapshots = list.data?.pages.flatMap(({ items }) => items);
  const { cancel, cancelling } = useRunningSnapshots(project, snapshots ?? [], (news) => {
    const newest = new Map(news.map((snapshot) => [snapshot.id, snapshot]));
    queries.setQueryData(options.queryKey, (now) =>
      now
        ? {
            ...now,
            pages: now.pages.map((page) => ({
              ...page,
              items: page.items.map((item) => newest.get(item.id) ?? item),
            })),
          }
        : now,
    );
  });
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
              <ColumnHead numeric>With a value</ColumnHead>
              <ColumnHead numeric>{SOURCE_WORDS.verified}</ColumnHead>
              <ColumnHead numeric>{SOURCE_WORDS.reconciled}</ColumnHead>
              <ColumnHead numeric>{SOURCE_WORDS.ties}</ColumnHead>
            </TableRow>
          </TableHead>
          <TableBody>
            {snapshots.map((snapshot) => (
              <TableRow key={snapshot.id}>
                <TableCell>
                  <Link
                    href={`/p/${project}/final-labels/${snapshot.id}`}
                    className="font-medium hover:underline"
                  >
                    <RelativeTime value={snapshot.createdAt} />
                  </Link>
                </TableCell>
                <TableCell>{snapshot.createdBy.name}</TableCell>
                <TableCell>{policyWords[snapshot.policy].name}</TableCell>
                <TableCell>
                  {snapshot.annotators === null ? "everybody" : `${snapshot.annotators.length} chosen`}
                  {snapshot.versions === "newest" ? ", one vote an agent" : ""}
                </TableCell>
                <Outcome
                  snapshot={snapshot}
                  cancelling={cancelling}
                  onCancel={canMake ? () => cancel(snapshot.id) : undefined}
                />
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <MoreButton list={list} className="mt-3">
        Show older snapshots
      </MoreButton>
    </Section>
  );
}

const COUNTED = ["records", "decided", "verified", "reconciled", "ties"] as const;

type OutcomeProps = {
  snapshot: AggregationSnapshot;
  cancelling: boolean;
  onCancel: (() => void) | undefined;
};

/** The counts of a snapshot; of one that isn't ready, how far it is or why it never was. */
function Outcome({ snapshot, cancelling, onCancel }: OutcomeProps) {
  if (snapshot.status === "ready")
    return COUNTED.map((name) => (
      <TableCell key={name} numeric>
        <Figure value={snapshot.counts[name]} />
      </TableCell>
    ));
  return (
    <TableCell colSpan={COUNTED.length}>
      {snapshot.status === "running" ? (
        <SnapshotProgress snapshot={snapshot} onCancel={onCancel} cancelling={cancelling} />
      ) : (
        <span className="text-muted">{failureWords(snapshot)}</span>
      )}
    </TableCell>
  );
}
