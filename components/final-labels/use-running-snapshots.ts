"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { toast } from "@/components/ui/toaster";
import type { AggregationSnapshot } from "@/contracts/aggregation";
import { problemOf, useTRPC } from "@/trpc/client";

type Watched = Pick<AggregationSnapshot, "id" | "status">;

/**
 * Keeps snapshots that are being made up to date, and stops one.
 * @param shown what the screen shows now
 * @param onChange gets what is known of the newest ones, whenever it changed
 */
export function useRunningSnapshots(
  project: string,
  shown: readonly Watched[],
  onChange: (snapshots: readonly AggregationSnapshot[]) => void,
) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const statusOf = (id: string) => shown.find((snapshot) => snapshot.id === id)?.status;
  // Only while something is being made: each stream holds one of the few connections that a browser opens.
  useSubscription(
    trpc.aggregation.watch.subscriptionOptions(
      { project },
      {
        enabled: shown.some(({ status }) => status === "running"),
        onData: (snapshots) => {
          onChange(snapshots);
          if (snapshots.some(({ id, status }) => status !== "running" && statusOf(id) === "running"))
            void queries.invalidateQueries(trpc.aggregation.pathFilter());
        },
      },
    ),
  );
  const cancel = useMutation(
    trpc.aggregation.cancel.mutationOptions({
      onSuccess: (snapshot) => {
        onChange([snapshot]);
        void queries.invalidateQueries(trpc.aggregation.pathFilter());
      },
      onError: (error) => void toast.error(problemOf(error).detail),
    }),
  );
  return { cancel: (id: string) => cancel.mutate({ project, id }), cancelling: cancel.isPending };
}
