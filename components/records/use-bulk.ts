"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import type { BulkAction } from "@/contracts/bulk";
import type { Query } from "@/contracts/query";
import { problemOf, useTRPC } from "@/trpc/client";
import { bulkSet, type Chosen } from "./chosen";
import { useRecordsView } from "./records-context";

/** Starts bulk actions over what is chosen; how they go on is shown below every screen of the project. */
export function useBulk(query: Query | null, chosen: Chosen) {
  const { project } = useRecordsView();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.bulk.list.pathKey() }),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  return {
    busy: start.isPending,
    run: (action: BulkAction) => start.mutate({ project: project.slug, action, ...bulkSet(chosen, query) }),
  };
}
