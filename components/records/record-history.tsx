"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { OptionChip } from "@/components/ui/option-chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { lookOf, optionLooks } from "@/components/verification/session/label-options";
import type { Annotation } from "@/contracts/records";
import { problemOf, useTRPC } from "@/trpc/client";
import { AnnotatorName } from "./record-labels";
import { useRecordsView } from "./records-context";

type HappeningRow = {
  id: string;
  at: string;
  who: Annotation["annotator"];
  did: string;
  label: string;
  value: readonly string[];
};

const verdictWords = { CONFIRMS: "confirmed", CORRECTS: "corrected", UNSURE: "could not tell" };

/** Everything that happened to one record's labels, newest first. */
export function RecordHistory({ recordId }: { recordId: string }) {
  const { project, vocabulary } = useRecordsView();
  const trpc = useTRPC();
  const history = useQuery(trpc.records.history.queryOptions({ project: project.slug, id: recordId }));
  if (history.isPending) return <SkeletonRows label="Loading the history" rows={3} />;
  if (history.isError)
    return (
      <ErrorState
        what="The history did not load"
        why={problemOf(history.error).detail}
        onRetry={() => void history.refetch()}
      />
    );
  const rows: HappeningRow[] = [
    ...history.data.annotations.map(({ id, createdAt, annotator, label, value }) => {
      return {
        id,
        at: createdAt,
        who: annotator,
        label,
        value: value ?? [],
        did: value ? "labelled" : "cleared",
      };
    }),
    ...history.data.verifications.map(({ id, createdAt, verifier, label, value, status }) => {
      const did = status ? verdictWords[status] : "took back the verdict";
      return { id, at: createdAt, who: { ...verifier, kind: "user" as const }, label, value, did };
    }),
  ].sort((one, other) => other.at.localeCompare(one.at));
  if (rows.length === 0)
    return <p className="text-muted">Nothing has happened to this record's labels yet.</p>;
  return (
    <ol className="divide-y border-y">
      {rows.map(({ id, at, who, did, label, value }) => {
        const definition = vocabulary.labels.find(({ name }) => name === label);
        const options = definition ? optionLooks(definition) : [];
        return (
          <li key={id} className="flex min-h-row flex-wrap items-center gap-x-2 gap-y-1 py-1">
            <AnnotatorName annotator={who} />
            <span className="text-muted">
              {did} {label}
            </span>
            {value.map((one) => {
              const look = lookOf(options, one);
              return (
                <OptionChip
                  key={one}
                  color={look.color}
                  text={look.text}
                  variant={who.kind === "job" ? "outlined" : "filled"}
                />
              );
            })}
            <RelativeTime value={at} className="ml-auto text-faint text-xs" />
          </li>
        );
      })}
    </ol>
  );
}
