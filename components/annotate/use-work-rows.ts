"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { WorkRecord } from "@/contracts/annotating";
import { problemOf, useTRPC } from "@/trpc/client";
import type { WorkFilter } from "./annotate-address";
import type { WhichWork } from "./which-work";

const pageSize = 200;
/** Rows before the end at which the next ones are asked for, so that nobody waits for them. */
const ahead = 50;

/**
 * The records that matched the filter when they were read, with my answers of then. They are read once: one that has
 * been answered since stays where it is until the reader asks for a new list, so nothing moves under the cursor.
 */
export function useWorkRows(project: string, which: WhichWork, { state, keyword }: WorkFilter) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.annotating.list.infiniteQueryOptions(
      {
        project,
        ...which,
        limit: pageSize,
        ...(state === "all" ? {} : { state }),
        ...(keyword === undefined ? {} : { keyword }),
      },
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        staleTime: Number.POSITIVE_INFINITY,
        // Answers of an older visit would be taken for what stands.
        gcTime: 0,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    ),
  );
  const rows = useMemo<WorkRecord[]>(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  );
  const { fetchNextPage } = query;
  const after = {
    hasMore: query.hasNextPage,
    loading: query.isFetchingNextPage,
    load: () => void fetchNextPage(),
    failed: query.isFetchNextPageError ? problemOf(query.error).detail : undefined,
  };
  const first = query.data?.pages[0];
  return {
    rows,
    total: first?.totalExact ? first.total : undefined,
    after,
    isLoading: query.isPending,
    failed: query.isError && rows.length === 0 ? problemOf(query.error).detail : null,
    reload: () => void query.refetch(),
  };
}
export type WorkRows = ReturnType<typeof useWorkRows>;

/** Loads on while the reader comes near the end of what is loaded. */
export function useRowsAhead({ rows, after }: WorkRows, at: number): void {
  const { hasMore, loading, failed, load } = after;
  const isNear = hasMore && !loading && failed === undefined && at >= rows.length - ahead;
  useEffect(() => {
    if (isNear) load();
  }, [isNear, load]);
}
