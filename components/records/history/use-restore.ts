"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import type { HistoryEntry } from "@/contracts/history";
import { problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "../records-context";

type UseRestoreInput = {
  recordId: string;
  /** What is shown of the history. */
  entries: readonly HistoryEntry[];
  refresh: (ids: string[]) => Promise<unknown>;
};

/** Sets an earlier value again. Nothing asks: it is one more entry, and the one before it can be set again too. */
export function useRestore({ recordId, entries, refresh }: UseRestoreInput) {
  const { project } = useRecordsView();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mutation = useMutation(
    trpc.records.restoreEntry.mutationOptions({
      onSuccess: ({ changed }) => void toast(changed ? "Set again" : "That is what it says already"),
      onError: (error) => void toast.error(problemOf(error).detail),
      onSettled: async () => {
        await queries.invalidateQueries(trpc.records.history.pathFilter());
        await refresh([recordId]);
      },
    }),
  );
  return {
    restore: (entry: HistoryEntry) =>
      mutation.mutate({
        project: project.slug,
        id: recordId,
        entryId: entry.id,
        base: entry.kind === "reconciliation" ? standingAt(entries, entry) : null,
      }),
    restoring: mutation.isPending,
  };
}

/** The decision that stands where the entry is about. */
function standingAt(entries: readonly HistoryEntry[], { label, start, end }: HistoryEntry): string | null {
  const stands = entries.find(
    (one) =>
      one.kind === "reconciliation" &&
      one.current &&
      one.label === label &&
      one.start === start &&
      one.end === end,
  );
  return stands?.id ?? null;
}
