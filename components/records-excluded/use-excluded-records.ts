"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useBulkEnds } from "@/components/bulk/use-bulk-runs";
import { toast } from "@/components/ui/toaster";
import type { ExcludedRecord } from "@/contracts/record-changes";
import { problemOf, useTRPC, useTRPCClient } from "@/trpc/client";

/** The excluded records of a project, page by page, and the ways back. */
export function useExcludedRecords(project: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const list = useInfiniteQuery(
    trpc.records.listExcluded.infiniteQueryOptions(
      { project, limit: 100 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const refresh = () => void cache.invalidateQueries({ queryKey: trpc.records.pathKey() });
  useBulkEnds(project, refresh);
  const onError = (error: unknown) => void toast.error(problemOf(error).detail);

  const exclude = useMutation(trpc.records.delete.mutationOptions({ onSuccess: refresh, onError }));
  const restore = useMutation({
    mutationFn: ({ id }: ExcludedRecord) => client.records.restore.mutate({ project, id }),
    onSuccess: (_record, { id, externalId }) => {
      refresh();
      toast(`Record ${externalId} restored`, {
        action: { label: "Undo", onClick: () => exclude.mutate({ project, id }) },
      });
    },
    onError,
  });
  const restoreAll = useMutation({
    mutationFn: () => client.bulk.start.mutate({ project, action: { type: "restore" }, query: {} }),
    // Its progress, and its undo, stand below every screen.
    onSuccess: () => void cache.invalidateQueries({ queryKey: trpc.bulk.pathKey() }),
    onError,
  });
  const pages = list.data?.pages;
  return {
    list,
    records: pages?.flatMap((page) => page.items),
    total: pages?.[0]?.total,
    restore,
    restoreAll,
    refresh,
  };
}
