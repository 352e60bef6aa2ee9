"use client";

import { useMemo } from "react";
import { spanLabelsOf } from "@/components/spans/span-labels";
import { SpanReader } from "@/components/spans/span-reader";
import type { RecordRow } from "@/contracts/records";
import { annotatedSpans } from "./annotated-spans";
import { useRecordsView } from "./records-context";

/** The text of a record with everybody's spans in it; who marked one is said when it is selected. */
export function RecordText({ id, externalId, content, annotations, verifications }: RecordRow) {
  const { vocabulary } = useRecordsView();
  const labels = useMemo(() => spanLabelsOf(vocabulary.labels), [vocabulary.labels]);
  const spans = useMemo(() => annotatedSpans({ annotations, verifications }), [annotations, verifications]);
  if (spans.length === 0) return <p className="record-text">{content}</p>;
  return (
    <SpanReader
      key={id}
      title={`Text of record ${externalId}`}
      text={content}
      spans={spans}
      labels={labels}
      list={false}
    />
  );
}
