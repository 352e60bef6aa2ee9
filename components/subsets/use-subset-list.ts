"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/trpc/client";

/** The newest thousand subsets of a project: as many as anybody would look through by eye. */
export function useSubsetList(project: string) {
  const trpc = useTRPC();
  return useQuery(trpc.subsets.list.queryOptions({ project, limit: 1000 }));
}

/** Reads subsets and assignments again, wherever they are shown, after a change to either. */
export function useSubsetsChanged(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(() => {
    void queryClient.invalidateQueries({ queryKey: trpc.subsets.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.assignments.pathKey() });
  }, [queryClient, trpc]);
}
