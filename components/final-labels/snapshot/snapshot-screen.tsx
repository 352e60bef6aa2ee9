"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { ExportButton } from "@/components/exports/export-button";
import { recordsHref } from "@/components/query/records-address";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure, useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import { VirtualTable } from "@/components/ui/virtual-table";
import { type AggregationSnapshot, type FinalLabelFilter, finalLabelFilter } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { SOURCE_WORDS } from "../count-words";
import { policyWords } from "../policy-words";
import { failureWords, SnapshotProgress } from "../snapshot-state";
import { useRunningSnapshots } from "../use-running-snapshots";
import { AnnotatorsSheet } from "./annotators-sheet";
import { useFinalColumns } from "./use-final-columns";

type SnapshotScreenProps = {
  project: string;
  snapshot: AggregationSnapshot;
  /** As the schema of the snapshot defined it. */
  label: LabelDefinition;
  /** The reader's role allows to stop one that is being made. */
  canMake: boolean;
};

const PAGE = 200;
const nobody: never[] = [];

/** The rows of one snapshot with where each comes from; of one that is being made, how far it is. */
export function SnapshotScreen({ project, snapshot: asLoaded, label, canMake }: SnapshotScreenProps) {
  const [snapshot, setSnapshot] = useState(asLoaded);
  const { cancel, cancelling } = useRunningSnapshots(project, [snapshot], (news) =>
    setSnapshot((now) => news.find(({ id }) => id === now.id) ?? now),
  );
  const head = (
    <PageHeader
      crumbs={[{ label: "Final labels", href: `/p/${project}/final-labels` }]}
      title={`${label.name}, ${policyWords[snapshot.policy].inTitle}`}
      meta={
        <span className="inline-flex items-center gap-1.5">
          {snapshot.status === "ready" ? (
            <span>
              <Figure value={snapshot.counts.decided} /> of <Figure value={snapshot.counts.records} /> with a
              value
            </span>
          ) : null}
          <span className="max-sm:hidden">
            <RelativeTime value={snapshot.createdAt} /> by {snapshot.createdBy.name}
          </span>
        </span>
      }
      actions={
        snapshot.status === "ready" ? (
          <ExportButton
            project={project}
            start={{ kind: "final", label: snapshot.label, snapshot: snapshot.id }}
          />
        ) : null
      }
    />
  );
  if (snapshot.status === "ready")
    return (
      <>
        {head}
        <SnapshotRows project={project} snapshot={snapshot} label={label} />
      </>
    );
  return (
    <>
      {head}
      <PageBody>
        {snapshot.status === "running" ? (
          <Notice title="The final labels are being made">
            <p className="mb-2">
              There are many, so it takes a minute or so. It goes on when you leave this page.
            </p>
            <SnapshotProgress
              snapshot={snapshot}
              onCancel={canMake ? () => cancel(snapshot.id) : undefined}
              cancelling={cancelling}
            />
          </Notice>
        ) : (
          <Notice tone="warn" title="This snapshot has no final labels">
            {failureWords(snapshot)}
          </Notice>
        )}
      </PageBody>
    </>
  );
}

/** The rows of a snapshot that is ready. */
function SnapshotRows({ project, snapshot, label }: Omit<SnapshotScreenProps, "canMake">) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const show = finalLabelFilter.safeParse(useSearchParams().get("show")).data ?? "all";
  const labellers = useQuery(trpc.compare.annotators.queryOptions({ project, label: snapshot.label }));
  const columns = useFinalColumns(label, labellers.data?.items ?? nobody, snapshot.policy);
  const list = useInfiniteQuery(
    trpc.aggregation.get.infiniteQueryOptions(
      { project, id: snapshot.id, limit: PAGE, show },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const model = list.data?.pages[0]?.model;
  return (
    <>
      <Toolbar
        label="Filters"
        end={
          model ? (
            <AnnotatorsSheet
              labellers={labellers.data?.items ?? nobody}
              model={model}
              policy={snapshot.policy}
              smoothing={snapshot.smoothing}
              label={label}
            />
          ) : null
        }
      >
        <Shown
          snapshot={snapshot}
          value={show}
          onChange={(next) =>
            window.history.replaceState(null, "", next === "all" ? path : `${path}?show=${next}`)
          }
        />
      </Toolbar>
      <PageBody layout="fill">
        {list.error && !rows ? (
          <ErrorState
            what="The final labels did not load"
            why={problemOf(list.error).detail}
            onRetry={() => void list.refetch()}
          />
        ) : !rows ? (
          <SkeletonRows label="Loading final labels" />
        ) : (
          <VirtualTable
            label="Final labels"
            columns={columns}
            rows={rows}
            rowId={rowId}
            total={list.data?.pages[0]?.total}
            listKey={show}
            after={{
              hasMore: list.hasNextPage,
              loading: list.isFetchingNextPage,
              load: () => void list.fetchNextPage(),
              failed: list.isFetchNextPageError ? problemOf(list.error).detail : undefined,
            }}
            onOpen={({ recordId, deleted }) =>
              router.push(
                deleted
                  ? `/p/${project}/records/excluded`
                  : recordsHref(project, { query: { ids: [recordId] }, recordId }),
              )
            }
            empty={<EmptyState title="No such row">No record of this snapshot is of this kind.</EmptyState>}
          />
        )}
      </PageBody>
    </>
  );
}

const rowId = ({ recordId }: { recordId: string }) => recordId;

type ShownProps = {
  snapshot: AggregationSnapshot;
  value: FinalLabelFilter;
  onChange: (show: FinalLabelFilter) => void;
};

function Shown({ snapshot: { counts }, value, onChange }: ShownProps) {
  const format = useFormat();
  return (
    <SegmentedControl
      label="Rows"
      value={value}
      onValueChange={onChange}
      options={[
        { value: "all", label: "All" },
        { value: "verified", label: `${SOURCE_WORDS.verified} ${format.count(counts.verified)}` },
        { value: "reconciled", label: `${SOURCE_WORDS.reconciled} ${format.count(counts.reconciled)}` },
        ...(counts.accepted > 0
          ? [
              {
                value: "accepted" as const,
                label: `${SOURCE_WORDS.accepted} ${format.count(counts.accepted)}`,
              },
            ]
          : []),
        { value: "differing", label: `${SOURCE_WORDS.differing} ${format.count(counts.differing)}` },
        { value: "ties", label: `${SOURCE_WORDS.ties} ${format.count(counts.ties)}` },
      ]}
    />
  );
}
