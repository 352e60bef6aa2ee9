"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import type { SessionItem } from "@/contracts/sessions";
import { problemOf, useTRPC, useTRPCClient } from "@/trpc/client";
import { withAdded } from "./added-rows";
import type { RowFilter } from "./session-address";

const pageSize = 500;

type SessionRowsInput = {
  project: string;
  sessionId: string;
  /** Before this one all positions of the session are: more than before when labels were added. */
  positions: number;
  filter: RowFilter;
};

/**
 * The rows of the session that matched the filter when they were read. They are read once: a row that has
 * been decided since stays where it is until the reader asks for a new list, so nothing moves under the cursor.
 */
export function useSessionRows({ project, sessionId, positions, filter: given }: SessionRowsInput) {
  const { sort, ...filter } = given;
  const trpc = useTRPC();
  const options = trpc.sessions.items.infiniteQueryOptions(
    { project, id: sessionId, limit: pageSize, sort, ...filter },
    {
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  );
  const query = useInfiniteQuery(options);
  const client = useTRPCClient();
  const queries = useQueryClient();
  /** Reads what was added to the session from this position on. By confidence it belongs anywhere: a new list shows it. */
  const takeAdded = useEffectEvent(async (from: number) => {
    const added = await client.sessions.items.query({
      project,
      id: sessionId,
      limit: pageSize,
      from,
      sort: "position",
      ...filter,
    });
    const inOrder = sort === "position";
    queries.setQueryData(
      options.queryKey,
      (data) => data && withAdded(data, inOrder ? added : { ...added, items: [] }, null),
    );
  });
  const seen = useRef(positions);
  useEffect(() => {
    const from = seen.current;
    seen.current = positions;
    // What can't be read now comes with the next list.
    if (positions > from) takeAdded(from).catch(() => undefined);
  }, [positions]);
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
