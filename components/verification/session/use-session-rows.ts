"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SessionItem } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";
import type { RowFilter } from "./session-address";

const pageSize = 500;

/**
 * The rows of the session that matched the filter when they were read. They are read once: a row that has
 * been decided since stays where it is until the reader asks for a new list, so nothing moves under the cursor.
 */
export function useSessionRows(project: string, sessionId: string, { sort, ...filter }: RowFilter) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.sessions.items.infiniteQueryOptions(
      { project, id: sessionId, limit: pageSize, sort, ...filter },
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    ),
  );
  const rows = useMemo<SessionItem[]>(
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
  return {
    rows,
    total: query.data?.pages[0]?.total,
    after,
    isLoading: query.isPending,
    failed: query.isError && rows.length === 0 ? problemOf(query.error).detail : null,
    reload: () => void query.refetch(),
  };
}
