"use client";

import { memo } from "react";
import { VerdictMark } from "@/components/labelling/verdict-mark";
import { cn } from "@/components/ui/cn";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { OptionChip } from "@/components/ui/option-chip";
import { SpanTools } from "./span-tools";
import { lookOfSpan, looksOf, spanSentence, wordsOf } from "./span-words";
import type { TextPlaces } from "./text-places";
import type { SpanLabel, SpanView } from "./types";
import type { SpanEditing } from "./use-span-editing";

type SpanRowProps = {
  span: SpanView;
  places: TextPlaces;
  labels: readonly SpanLabel[];
  onSelect: (id: string | null) => void;
  /** Given to the row of the selected span, which shows what can be done to it. */
  editing: SpanEditing | null;
};

/** One span: a button that selects it, said as a sentence; below it, once selected, its tools. */
export const SpanRow = memo(function SpanRow({ span, places, labels, onSelect, editing }: SpanRowProps) {
  const look = lookOfSpan(span);
  const selected = editing !== null;
  return (
    <li
      data-span-row={span.id}
      className={cn(
        "[contain-intrinsic-size:auto_2rem] [content-visibility:auto]",
        selected && "bg-accent-soft",
      )}
    >
      <button
        type="button"
        aria-pressed={selected}
        aria-label={spanSentence(places, labels, span)}
        onClick={() => onSelect(selected ? null : span.id)}
        className="focus-inset flex min-h-row w-full min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 px-1 py-1 text-left hover:bg-raised"
      >
        <span className="flex min-w-0 items-center gap-1">
          {looksOf(labels, span).map(({ value, color, text }) => (
            <OptionChip
              key={value}
              color={color}
              text={text}
              variant={look === "filled" ? "filled" : "outlined"}
              replaced={look === "dashed"}
            />
          ))}
        </span>
        <q className="min-w-0 max-w-64 truncate">{wordsOf(places, span)}</q>
        <span className="tabular text-faint text-xs">
          {span.start}–{span.end}
        </span>
        <span className="ml-auto flex min-w-0 items-center gap-2 text-muted text-xs">
          {span.conflict ? <span className="text-warn">{span.conflict}</span> : null}
          <span className="truncate">{span.by.name}</span>
          {span.conf === null ? null : <ConfidenceBar value={span.conf} className="shrink-0" />}
          {span.verdict ? <VerdictMark status={span.verdict.status} /> : null}
        </span>
      </button>
      {editing && !editing.readOnly && span.editable !== false ? (
        <SpanTools editing={editing} span={span} />
      ) : null}
    </li>
  );
});
