"use client";

import { useMutation } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import type { RecordRow } from "@/contracts/records";
import { problemOf, useTRPCClient } from "@/trpc/client";
import { useRecordsView } from "./records-context";

/** One label of one record, as the reader gives it; an empty value clears. */
export type OwnLabel = { recordId: string; name: string; value: string[] };

/** As many items as one request takes. */
const MAX_ITEMS = 1000;

/**
 * Writes labels as the reader.
 * @param refresh reads the changed records anew
 */
export function useLabelRecords(refresh: (ids: string[]) => Promise<unknown>) {
  const { project } = useRecordsView();
  const client = useTRPCClient();
  const write = useMutation({
    mutationFn: async (labels: readonly OwnLabel[]) => {
      for (let from = 0; from < labels.length; from += MAX_ITEMS)
        await client.records.annotate.mutate({
          project: project.slug,
          items: labels
            .slice(from, from + MAX_ITEMS)
            .map(({ recordId, name, value }) => ({ recordId, labels: [{ name, value }] })),
        });
    },
    // Also after a failure: earlier parts of a long list may have been written.
    onSettled: (_data, _error, labels) => refresh(labels.map(({ recordId }) => recordId)),
    onError: (error) => toast.error(problemOf(error).detail),
  });

  return write;
}

/** The value that a person put on a record's label; empty when none. */
export function ownValue({ annotations = [] }: RecordRow, name: string, userId: string): string[] {
  return annotations.find((one) => one.annotator.id === userId && one.label === name)?.value ?? [];
}
