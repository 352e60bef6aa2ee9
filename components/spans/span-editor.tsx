"use client";

import { cn } from "@/components/ui/cn";
import { BrushBar } from "./brush-bar";
import { SpanList } from "./span-list";
import { SpanStatus } from "./span-status";
import { SpanText } from "./span-text";
import type { SpanDocument } from "./types";
import { useSpanEditing } from "./use-span-editing";
import { useSpanHints } from "./use-span-hints";

type SpanEditorProps = SpanDocument & {
  /** Names the text for screen readers: "Text of record 12". */
  title: string;
  /** Without the list where the page lists the spans itself. */
  list?: boolean;
  className?: string;
};

/**
 * A text whose spans are read, verified, corrected, added and taken out: brush, text, what is selected, and the list
 * of spans. Give it a `key` per record; the brush comes from `useSpanBrush` and stays.
 */
export function SpanEditor({ title, list = true, className, ...document }: SpanEditorProps) {
  const editing = useSpanEditing(document);
  useSpanHints(editing.readOnly === true);
  return (
    <div className={cn("flex min-w-0 flex-col", className)}>
      {editing.readOnly ? null : <BrushBar editing={editing} />}
      <SpanText editing={editing} title={title} className="py-2" />
      <SpanStatus editing={editing} />
      {list ? (
        <div className="mt-3">
          <SpanList editing={editing} />
        </div>
      ) : null}
    </div>
  );
}
