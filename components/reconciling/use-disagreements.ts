"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { DisagreementCounts, ReconcileAnswer } from "@/contracts/reconciliations";
import { problemOf, useTRPC, useTRPCClient } from "@/trpc/client";
import { patchOfAnswers, patchPages } from "./patch-disagreements";
import type { ReconcileAddress } from "./use-reconcile-address";
import { placeKey } from "./vote-tally";

const PAGE = 100;
const none: DisagreementCounts = { open: 0, reconciled: 0, changed: 0 };

/** The disagreements of a label as the address asks for them, kept up to date in place. */
export function useDisagreements(project: string, label: string, address: ReconcileAddress) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { state, order, annotators, subset } = address;
  const options = trpc.reconciliations.disagreements.infiniteQueryOptions(
    {
      ...{ project, label, state, order, limit: PAGE },
      ...(annotators ? { annotators } : {}),
      ...(subset ? { subsetId: subset } : {}),
    },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      // Rows stay where they are while one works; the stream says what changed.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
  );
  const list = useInfiniteQuery(options);
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const key = options.queryKey;

  const takeAnswers = useCallback(
    (answers: readonly ReconcileAnswer[]) => {
      queries.setQueryData(key, (now) => {
        if (!now) return now;
        const items = new Map(now.pages.flatMap((page) => page.items).map((item) => [placeKey(item), item]));
        return patchPages(
          now,
          patchOfAnswers(answers, (place) => items.get(place)),
        );
      });
    },
    [queries, key],
  );

  /** Reads what others have changed anew, as far as it is shown. */
  const refresh = useCallback(
    async (recordIds: readonly string[]) => {
      const shown = new Set(
        queries.getQueryData(key)?.pages.flatMap(({ items }) => items.map((one) => one.recordId)),
      );
      const wanted = recordIds.filter((id) => shown.has(id));
      for (let from = 0; from < wanted.length; from += MOST) {
        const input = { project, label, recordIds: wanted.slice(from, from + MOST) };
        const { items } = await client.reconciliations.get.query(input);
        const patch = new Map(items.map((item) => [placeKey(item), item]));
        queries.setQueryData(key, (now) => now && patchPages(now, patch));
      }
    },
    [client, queries, key, project, label],
  );

  return {
    rows,
    counts: list.data?.pages.at(-1)?.counts ?? none,
    total: list.data?.pages[0]?.total,
    isLoading: list.isPending,
    /** Another list is asked for; the one before is still shown. */
    isStale: list.isPlaceholderData,
    failed: list.isError && rows.length === 0 ? problemOf(list.error).detail : null,
    reload: () => void list.refetch(),
    after: {
      hasMore: list.hasNextPage,
      loading: list.isFetchingNextPage,
      load: () => void list.fetchNextPage(),
      failed: list.isFetchNextPageError ? problemOf(list.error).detail : undefined,
    },
    takeAnswers,
    refresh,
  };
}

/** Records of one question. */
const MOST = 200;

export type Disagreements = ReturnType<typeof useDisagreements>;
