"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import { VirtualTable } from "@/components/ui/virtual-table";
import { type Job, jobItemStatus } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { isOver, itemStatusLook } from "../job-words";
import { ItemSheet } from "./item-sheet";
import { useItemColumns } from "./use-item-columns";

type ItemsPanelProps = { project: string; job: Job; labels: readonly LabelDefinition[] };

const PAGE = 100;
const LIVE_REFRESH = 3000;
const all = "all";
const statusOptions = [
  { value: all, label: "All items" },
  ...jobItemStatus.options.map((value) => ({ value, label: itemStatusLook[value].text })),
];

/** Every record of the job with what was asked and answered; one click opens the whole. */
export function ItemsPanel({ project, job, labels }: ItemsPanelProps) {
  const trpc = useTRPC();
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const status = jobItemStatus.safeParse(params.get("status")).data;
  const openId = params.get("item");
  const columns = useItemColumns(job, labels);
  const query = useInfiniteQuery(
    trpc.jobs.items.infiniteQueryOptions(
      { project, id: job.id, limit: PAGE, ...(status ? { status } : {}) },
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        refetchInterval: isOver(job.status) ? false : LIVE_REFRESH,
      },
    ),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.find(({ recordId }) => recordId === openId);

  function goTo(change: Record<string, string | null>): void {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    router.replace(`${path}?${next}`, { scroll: false });
  }

  const step = (by: number) => {
    const neighbour = items[items.findIndex(({ recordId }) => recordId === openId) + by];
    return neighbour ? () => goTo({ item: neighbour.recordId }) : undefined;
  };

  return (
    <>
      <Toolbar label="Filters">
        <Select
          aria-label="State of the items"
          className="w-40"
          options={statusOptions}
          value={status ?? all}
          onValueChange={(value) => goTo({ status: value === all ? null : value, item: null })}
        />
      </Toolbar>
      {query.isPending ? (
        <SkeletonRows label="Loading items" />
      ) : query.isError && items.length === 0 ? (
        <ErrorState
          what="The items did not load"
          why={problemOf(query.error).detail}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <VirtualTable
          label="Items"
          columns={columns}
          rows={items}
          rowId={({ recordId }) => recordId}
          total={query.data?.pages[0]?.total}
          listKey={status ?? all}
          after={{
            hasMore: query.hasNextPage,
            loading: query.isFetchingNextPage,
            load: () => void query.fetchNextPage(),
            failed: query.isFetchNextPageError ? problemOf(query.error).detail : undefined,
          }}
          onOpen={({ recordId }) => goTo({ item: recordId })}
          empty={<EmptyState title="No item here">No record of this job is in this state.</EmptyState>}
        />
      )}
      {open ? (
        <ItemSheet
          project={project}
          item={open}
          job={job}
          labels={labels}
          onClose={() => goTo({ item: null })}
          onPrevious={step(-1)}
          onNext={step(1)}
        />
      ) : null}
    </>
  );
}
