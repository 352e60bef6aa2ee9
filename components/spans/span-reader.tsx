"use client";

import { SpanEditor } from "./span-editor";
import type { SpanActions, SpanDocument } from "./types";
import { useSpanBrush } from "./use-span-brush";

type SpanReaderProps = Pick<SpanDocument, "text" | "spans" | "labels"> & {
  /** Names the text for screen readers: "Text of record 12". */
  title: string;
  /** Without the list where the page lists the spans itself. */
  list?: boolean;
};

const nothing: SpanActions = { onAdd: () => undefined, onChange: () => undefined, onRemove: () => undefined };

/** A text with its spans, to be read: a click or Enter on one says who marked it and what others made of it. */
export function SpanReader(props: SpanReaderProps) {
  const brush = useSpanBrush(props.labels);
  return <SpanEditor {...props} readOnly actions={nothing} brush={brush} />;
}
