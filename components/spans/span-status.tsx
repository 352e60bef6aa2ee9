"use client";

import { useRef } from "react";
import { lookOf } from "@/components/labelling/label-options";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { isCollapsed, stretchOf } from "./cursor";
import { spanSentence, wordsOf } from "./span-words";
import type { SpanBorders } from "./types";
import type { SpanEditing } from "./use-span-editing";

/** One line below the text: what is selected, said aloud too, and the buttons for it, for whoever has no keys. */
export function SpanStatus({ editing }: { editing: SpanEditing }) {
  const { dom, selected, readOnly } = editing;
  const stretch = dom.cursor && !isCollapsed(dom.cursor) ? stretchOf(dom.cursor) : null;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t bg-surface py-1.5 text-xs sticky bottom-0">
      <p role="status" className="min-w-0 flex-1 wrap-anywhere text-muted">
        {sentenceOf(editing, stretch)}
        {readOnly || stretch || selected ? null : (
          <span className="max-sm:hidden">; with Alt, part of a word</span>
        )}
      </p>
      {readOnly ? null : stretch ? (
        <MarkButton editing={editing} stretch={stretch} />
      ) : selected ? (
        <SelectedButtons editing={editing} />
      ) : null}
    </div>
  );
}

function sentenceOf(editing: SpanEditing, stretch: SpanBorders | null): string {
  const { selected, places, labels, readOnly, spans } = editing;
  const option = brushWords(editing);
  if (stretch && !readOnly) {
    const snapped = places.snap(
      stretch.start,
      stretch.end,
      editing.brush.wordSnapping ? "word" : "character",
    );
    if (snapped)
      return `“${wordsOf(places, snapped)}” is selected${option ? "" : ". Choose an option to mark it"}`;
  }
  if (selected) return spanSentence(places, labels, selected);
  if (readOnly) return spans.length === 0 ? "No spans" : "Select a span to see who marked it";
  if (!option) return "Choose an option, then select words to mark them";
  return `Select words to mark them as ${option}`;
}

function brushWords({ labels, brush: { brush } }: SpanEditing): string | null {
  if (brush.value === null) return null;
  return lookOf(labels.find(({ name }) => name === brush.label)?.options ?? [], brush.value).text;
}

function MarkButton({ editing, stretch }: { editing: SpanEditing; stretch: SpanBorders }) {
  // A tap may drop what is selected before it is a click.
  const atPress = useRef<SpanBorders | null>(null);
  const option = brushWords(editing);
  if (!option) return null;
  return (
    <Button
      onPointerDown={() => {
        atPress.current = stretch;
      }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() =>
        editing.mark(atPress.current ?? stretch, editing.brush.wordSnapping ? "word" : "character")
      }
    >
      Mark as {option} <Kbd className="max-sm:hidden">Enter</Kbd>
    </Button>
  );
}

function SelectedButtons({ editing }: { editing: SpanEditing }) {
  const { selected, canConfirm, confirm, remove } = editing;
  if (!selected || selected.editable === false) return null;
  return (
    <span className="flex gap-2">
      {canConfirm(selected) ? (
        <Button onMouseDown={(event) => event.preventDefault()} onClick={() => confirm(selected)}>
          {selected.verdict ? "Confirm the agent's span" : "Confirm span"}
          {selected.verdict ? null : <Kbd className="max-sm:hidden">Enter</Kbd>}
        </Button>
      ) : null}
      {selected.value.length > 0 ? (
        <Button
          variant="danger"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => remove(selected)}
        >
          Delete span <Kbd className="max-sm:hidden">Del</Kbd>
        </Button>
      ) : null}
    </span>
  );
}
