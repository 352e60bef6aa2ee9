"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { ExportButton } from "@/components/exports/export-button";
import { recordsHref } from "@/components/query/records-address";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure, useFormat } from "@/components/ui/figure";
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
import { policyWords } from "../policy-words";
import { useFinalColumns } from "./use-final-columns";

type SnapshotScreenProps = {
  project: string;
  snapshot: AggregationSnapshot;
  /** As the schema of the snapshot defined it. */
  label: LabelDefinition;
};

const PAGE = 200;

/** The rows of one snapshot with where each comes from. */
export function SnapshotScreen({ project, snapshot, label }: SnapshotScreenProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const show = finalLabelFilter.safeParse(useSearchParams().get("show")).data ?? "all";
  const labellers = useQuery(trpc.compare.annotators.queryOptions({ project, label: snapshot.label }));
  const columns = useFinalColumns(label, labellers.data?.items);
  const list = useInfiniteQuery(
    trpc.aggregation.get.infiniteQueryOptions(
      { project, id: snapshot.id, limit: PAGE, show },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Final labels", href: `/p/${project}/final-labels` }]}
        title={`${label.name}, ${policyWords[snapshot.policy].name.toLowerCase()}`}
        meta={
          <span className="inline-flex items-center gap-1.5">
            <Figure value={snapshot.counts.records} />
            <span className="max-sm:hidden">
              · <RelativeTime value={snapshot.createdAt} /> by {snapshot.createdBy.name}
            </span>
          </span>
        }
        actions={
          <ExportButton
            project={project}
            start={{ kind: "final", label: snapshot.label, snapshot: snapshot.id }}
          />
        }
      />
      <Toolbar label="Filters">
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
            onOpen={({ recordId }) =>
              router.push(recordsHref(project, { query: { ids: [recordId] }, recordId }))
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
        { value: "verified", label: `By verdict ${format.count(counts.verified)}` },
        { value: "differing", label: `Differing ${format.count(counts.differing)}` },
        { value: "ties", label: `Ties ${format.count(counts.ties)}` },
      ]}
    />
  );
}
