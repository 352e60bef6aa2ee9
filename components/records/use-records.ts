"use client";

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ListOf } from "@/contracts/common";
import type { Query, SortKey } from "@/contracts/query";
import type { RecordRow } from "@/contracts/records";
import { useTRPC, useTRPCClient } from "@/trpc/client";

const PAGE = 200;
/** Records whose rows are read anew at once after they were labelled. */
const MAX_REFRESHED = 1000;
const include: ("annotations" | "verifications" | "metadata")[] = [
  "annotations",
  "verifications",
  "metadata",
];

type UseRecordsInput = { project: string; query: Query | null; sort: SortKey[]; enabled: boolean };

/** The records of a query, page by page as the table asks for them. */
export function useRecords({ project, query, sort, enabled }: UseRecordsInput) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const options = trpc.records.search.infiniteQueryOptions(
    { project, query: query ?? {}, sort, limit: PAGE, include },
    {
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      enabled,
      // Reading every loaded page anew because a window got the focus would move the rows under the reader.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
  );
  const found = useInfiniteQuery(options);
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  const last = found.data?.pages.at(-1);

  /**
   * Reads these records anew, where they stand: a label changes its row, never the order under the reader.
   * With them all that is shown of one record, and who labels here.
   */
  async function refresh(ids: readonly string[]) {
    const fresh = new Map<string, RecordRow>();
    for (let from = 0; from < ids.length; from += MAX_REFRESHED) {
      const part = ids.slice(from, from + MAX_REFRESHED);
      const { items } = await client.records.search.query({
        project,
        query: { ids: part },
        limit: MAX_REFRESHED,
        include,
      });
      for (const item of items) fresh.set(item.id, item);
    }
    cache.setQueryData<InfiniteData<ListOf<RecordRow>, string | null>>(options.queryKey, (data) =>
      data
        ? {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((item) => fresh.get(item.id) ?? item),
            })),
          }
        : data,
    );
    const { get, history, annotators } = trpc.records;
    await Promise.all(
      [get.pathKey(), history.pathKey(), annotators.pathKey()].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    );
  }

  return { found, rows, total: last?.total, totalExact: last?.totalExact ?? true, refresh };
}
