"use client";

import { useEffect, useMemo, useRef } from "react";
import { lookOf } from "@/components/labelling/label-options";
import { piecesOf } from "@/components/spans/pieces";
import { SpanMarks } from "@/components/spans/span-marks";
import { TextOffsets } from "@/contracts/text-offsets";
import { useSessionView } from "../session-context";
import { recordSpans, type SpanItem } from "./session-spans";

/** The session has one label; its name is not shown here. */
const LABEL = "span";

/** The text around one span of a session's table, scrolled to it. */
export function SpanPreview({ item }: { item: SpanItem }) {
  const { live, me, nameOf, jobNameOf, options } = useSessionView();
  const text = useRef<HTMLParagraphElement>(null);
  const offsets = useMemo(() => new TextOffsets(item.content), [item.content]);
  const labels = useMemo(() => [{ name: LABEL, multi: false, options }], [options]);
  const spans = recordSpans({
    label: LABEL,
    items: [item],
    verdictOf: live.verdictOf,
    marked: [],
    me: me.id,
    nameOf,
    jobNameOf,
    optionText: (value) => lookOf(options, value).text,
  });
  const id = item.annotationId;
  useEffect(() => {
    text.current?.querySelector(`[data-span="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
  }, [id]);
  return (
    <p ref={text} dir="auto" className="record-text span-text">
      <SpanMarks pieces={piecesOf(offsets, spans)} labels={labels} selectedId={null} />
    </p>
  );
}
