"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { toast } from "@/components/ui/toaster";
import { problemOf, useTRPC } from "@/trpc/client";
import { isUnderWay } from "./bulk-words";

const SHOWN = 10;
/** An action that ended before this long, in milliseconds, is no news. */
const NEWS = 300_000;

/** Bulk actions of a project that are under way, or ended lately; and what can be done to them. */
export function useBulkRuns(project: string) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = trpc.bulk.list.queryOptions({ project, limit: SHOWN }, { staleTime: 2000 });
  const { data, dataUpdatedAt } = useQuery(options);
  const items = data?.items ?? [];
  // Only while something is under way: each stream holds one of the few connections that a browser opens.
  useSubscription(
    trpc.bulk.watch.subscriptionOptions(
      { project },
      {
        enabled: items.some(isUnderWay),
        onData: (runs) =>
          cache.setQueryData(options.queryKey, (now) => (now ? { ...now, items: runs } : now)),
      },
    ),
  );
  const answers = {
    onSuccess: () => cache.invalidateQueries({ queryKey: options.queryKey }),
    onError: (error: unknown) => void toast.error(problemOf(error).detail),
  };
  const cancel = useMutation(trpc.bulk.cancel.mutationOptions(answers));
  const undo = useMutation(trpc.bulk.undo.mutationOptions(answers));
  return {
    runs: items.filter((run) => {
      const ended = run.undo?.finishedAt ?? run.finishedAt;
      return isUnderWay(run) || (ended !== null && dataUpdatedAt - Date.parse(ended) < NEWS);
    }),
    cancel: (id: string) => cancel.mutate({ project, id }),
    undo: (id: string) => undo.mutate({ project, id }),
  };
}

/** Calls back when a bulk action of the project has changed records: when it ended, or was taken back. */
export function useBulkEnds(project: string, onEnd: () => void): void {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.bulk.list.queryOptions({ project, limit: SHOWN }, { staleTime: 2000 }));
  const ended = data?.items
    .filter((run) => !isUnderWay(run))
    .map(({ id, status }) => `${id} ${status}`)
    .sort()
    .join();
  const known = useRef<string>(undefined);
  const tell = useEffectEvent(onEnd);
  useEffect(() => {
    if (ended !== undefined && known.current !== undefined && known.current !== ended) tell();
    known.current = ended;
  }, [ended]);
}
