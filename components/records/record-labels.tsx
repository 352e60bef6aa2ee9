"use client";

import { Bot, FileInput } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Annotation, RecordRow } from "@/contracts/records";
import { TextOffsets } from "@/contracts/text-offsets";
import { LabelValues } from "./label-values";
import { useRecordsView } from "./records-context";

/** Every annotator's labels of one record side by side, label by label, with the verdicts on them. */
export function RecordLabels({ content, annotations = [], verifications = [] }: RecordRow) {
  const { vocabulary } = useRecordsView();
  const names = [...new Set(annotations.map(({ label }) => label))];
  if (names.length === 0) return <p className="text-muted">Nobody has labelled this record yet.</p>;
  return (
    <div className="flex flex-col gap-4">
      {names.map((name) => {
        const definition = vocabulary.labels.find((label) => label.name === name);
        return (
          <section key={name} aria-label={name}>
            <h3 className="mb-1 font-normal text-muted text-xs">{name}</h3>
            <ul className="divide-y border-y">
              {annotations
                .filter(({ label }) => label === name)
                .map((annotation) => {
                  const verdicts = verifications.filter(({ annotationId }) => annotationId === annotation.id);
                  return (
                    <li
                      key={annotation.id}
                      className="flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 py-1"
                    >
                      <AnnotatorName annotator={annotation.annotator} />
                      <LabelValues definition={definition} annotation={annotation} verdicts={verdicts} />
                      <SpanWords content={content} annotation={annotation} />
                      <span className="ml-auto flex items-center gap-2 text-faint text-xs">
                        {verdicts.map(({ id, verifier }) => (
                          <Avatar key={id} person={verifier} size="sm" />
                        ))}
                        <RelativeTime value={annotation.updatedAt} />
                      </span>
                    </li>
                  );
                })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** What a span label is about, and where it stands. */
function SpanWords({ content, annotation: { start, end } }: { content: string; annotation: Annotation }) {
  if (start === undefined || end === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <q className="max-w-56 truncate">{new TextOffsets(content).slice(start, end)}</q>
      <span className="tabular text-faint text-xs">
        {start}–{end}
      </span>
    </span>
  );
}

/** Who labelled: people by their colour, jobs and imported sources by a mark. */
export function AnnotatorName({ annotator }: { annotator: Annotation["annotator"] }) {
  return (
    <span className="flex w-40 min-w-0 items-center gap-1.5">
      {annotator.kind === "user" ? (
        <Avatar person={annotator} size="sm" decorative />
      ) : annotator.kind === "job" ? (
        <Bot aria-label="job" className="size-4 shrink-0 text-muted" />
      ) : (
        <FileInput aria-label="imported" className="size-4 shrink-0 text-muted" />
      )}
      <span className="truncate">{annotator.name}</span>
    </span>
  );
}
