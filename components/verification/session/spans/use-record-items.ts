"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SessionItem } from "@/contracts/sessions";
import { useTRPC } from "@/trpc/client";

/** The most spans of one record that are shown at once. */
const MOST = 1000;

type RecordItemsInput = {
  project: string;
  sessionId: string;
  /** The rows of the list, which a filter may have narrowed. */
  rows: readonly SessionItem[];
  recordId: string | undefined;
  /** The record that is likely to come next: read before it is needed. */
  nextRecordId: string | undefined;
};

/** All labels of one record in the session, whatever the list is narrowed to: a text is shown with all its spans. */
export function useRecordItems(input: RecordItemsInput): readonly SessionItem[] {
  const { project, sessionId, rows, recordId, nextRecordId } = input;
  const trpc = useTRPC();
  const optionsOf = (id: string | undefined) => ({
    ...trpc.sessions.items.queryOptions({
      project,
      id: sessionId,
      limit: MOST,
      recordId: id,
      sort: "position",
    }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== undefined,
  });
  const found = useQuery(optionsOf(recordId));
  useQuery(optionsOf(nextRecordId));
  const read = found.data?.items;
  return useMemo(() => {
    const ofList = rows.filter((row) => row.recordId === recordId);
    if (!read) return ofList;
    // A row of the list may be newer: labels are added to open sessions.
    const known = new Set(read.map(({ annotationId }) => annotationId));
    return [...read, ...ofList.filter(({ annotationId }) => !known.has(annotationId))];
  }, [rows, recordId, read]);
}
