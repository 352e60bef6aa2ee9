"use client";

import type { ReactNode } from "react";
import { MetadataLine } from "@/components/labelling/metadata-line";
import { RecordHeader } from "@/components/labelling/record-header";
import type { BrushState } from "@/components/spans/types";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { WorkRecord } from "@/contracts/annotating";
import { useAnnotateView } from "./annotate-context";
import { DecideBar, LabelBlock } from "./label-block";
import { SpanBlock } from "./span-block";
import type { Labelling } from "./use-labelling";

type AnnotateFocusProps = {
  record: WorkRecord;
  /** 1-based, in the list as filtered. */
  place: number;
  total: number | undefined;
  labelling: Labelling;
  brush: BrushState;
  /** What was said about the record. */
  notes: ReactNode;
};

/** One record, large, with everything that is asked about it: one key answers and the next is there. */
export function AnnotateFocus({ record, place, total, labelling, brush, notes }: AnnotateFocusProps) {
  const { labels } = useAnnotateView();
  const ofRecord = labels.filter(({ level }) => level === "record");
  const ofSpans = labels.filter(({ level }) => level === "span");
  return (
    // A long text scrolls by itself: what answers stays in sight.
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <article
        aria-label={`Record ${record.externalId}`}
        className="mx-auto flex min-h-0 w-full max-w-3xl flex-col px-4 py-4 sm:px-8 sm:py-8 [&>*]:shrink-0"
      >
        <RecordHeader
          className="mb-4"
          externalId={record.externalId}
          place={place}
          total={total}
          noun="record"
          goBy={labelling.goBy}
        />

        {ofSpans.length > 0 ? (
          <SpanBlock record={record} labels={ofSpans} labelling={labelling} brush={brush} />
        ) : (
          // Beside the notes, which have a key of the same record.
          <ScrollBox key={`text ${record.id}`} label="Text" className="min-h-24 shrink!">
            <p className="record-text sm:text-lg sm:leading-relaxed">{record.content}</p>
          </ScrollBox>
        )}
        <MetadataLine metadata={record.metadata} />

        {ofRecord.map((label) => (
          <LabelBlock key={label.name} recordId={record.id} label={label} labelling={labelling} />
        ))}
        <DecideBar labelling={labelling} />
        {notes}
      </article>
    </div>
  );
}
