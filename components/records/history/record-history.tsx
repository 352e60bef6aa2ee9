"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "../records-context";
import { HistoryRow } from "./history-row";
import { useRestore } from "./use-restore";

const ALL = "all";
const PAGE = 50;

type RecordHistoryProps = {
  recordId: string;
  /** Reads the record anew after something was set again. */
  refresh: (ids: string[]) => Promise<unknown>;
};

/** Everything that happened to one record's labels, newest first; what is one's own can be set again. */
export function RecordHistory({ recordId, refresh }: RecordHistoryProps) {
  const { project, vocabulary } = useRecordsView();
  const trpc = useTRPC();
  const [label, setLabel] = useState(ALL);
  const options = trpc.records.history.infiniteQueryOptions(
    { project: project.slug, id: recordId, limit: PAGE, ...(label === ALL ? {} : { label }) },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
  );
  const history = useInfiniteQuery(options);
  const entries = history.data?.pages.flatMap(({ items }) => items);
  const { restore, restoring } = useRestore({ recordId, entries: entries ?? [], refresh });
  const names = vocabulary.labels.map(({ name }) => name);
  return (
    <>
      {names.length > 1 ? (
        <Select
          aria-label="Label whose history is shown"
          className="mb-2"
          options={[
            { value: ALL, label: "All labels" },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          value={label}
          onValueChange={setLabel}
        />
      ) : null}
      {history.isError && !entries ? (
        <ErrorState
          what="The history did not load"
          why={problemOf(history.error).detail}
          onRetry={() => void history.refetch()}
        />
      ) : !entries ? (
        <SkeletonRows label="Loading the history" rows={3} />
      ) : entries.length === 0 ? (
        <p className="text-muted">Nothing has happened to this record's labels yet.</p>
      ) : (
        <ol aria-label="History" className="divide-y border-y">
          {entries.map((entry) => (
            <HistoryRow
              key={entry.id}
              entry={entry}
              definition={vocabulary.labels.find(({ name }) => name === entry.label)}
              busy={restoring}
              onRestore={() => restore(entry)}
            />
          ))}
        </ol>
      )}
      <MoreButton list={history} size="sm" className="mt-2">
        Show what happened before
      </MoreButton>
    </>
  );
}
