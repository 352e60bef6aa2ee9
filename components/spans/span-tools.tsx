"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { stepBorder } from "./borders";
import type { Side } from "./text-places";
import type { SpanView } from "./types";
import type { SpanEditing } from "./use-span-editing";

type SpanToolsProps = { editing: SpanEditing; span: SpanView };

/** What can be done to the selected span, as buttons and fields: confirm, another option, other borders, delete. */
export function SpanTools({ editing, span }: SpanToolsProps) {
  const { labels, choose, canConfirm, confirm, remove } = editing;
  const label = labels.find(({ name }) => name === span.label);
  const isSpan = span.value.length > 0;
  return (
    <fieldset aria-label="The selected span" className="flex flex-wrap items-center gap-2 px-1 pb-2">
      {canConfirm(span) ? (
        <Button onClick={() => confirm(span)}>
          {span.verdict ? "Confirm the agent's span" : "Confirm span"}
        </Button>
      ) : null}
      {label ? (
        <Select
          aria-label="Option"
          className="w-40"
          value={span.value[0] ?? ""}
          placeholder="No span"
          options={label.options.map(({ value, text }) => ({ value, label: text }))}
          onValueChange={(value) => choose(label.name, value)}
        />
      ) : null}
      {isSpan ? (
        <>
          <Border editing={editing} span={span} side="start" />
          <Border editing={editing} span={span} side="end" />
          <Button variant="danger" className="ml-auto" onClick={() => remove(span)}>
            Delete span
          </Button>
        </>
      ) : null}
    </fieldset>
  );
}

type BorderProps = SpanToolsProps & { side: Side };

/** A border as a number, with a step of a word or a character to both sides; the row above says the words. */
function Border({ editing, span, side }: BorderProps) {
  const { places, setBorders, brush } = editing;
  const by = brush.wordSnapping ? "word" : "character";
  const name = side === "start" ? "Start" : "End";
  const step = (direction: 1 | -1) => setBorders(span, stepBorder(places, span, side, by, direction));

  function enter(typed: string) {
    const place = Number(typed);
    const moved = { start: span.start, end: span.end, [side]: place };
    if (!places.offsets.holds(moved.start, moved.end)) return;
    setBorders(span, { start: places.floor(moved.start), end: places.ceil(moved.end) });
  }

  return (
    <span className="inline-flex items-center">
      <IconButton label={`${name} one ${by} earlier`} onClick={() => step(-1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <Input
        // Shows what stands after every change, however it was made.
        key={span[side]}
        type="number"
        inputMode="numeric"
        aria-label={side === "start" ? "First character" : "Character after the last"}
        min={side === "start" ? 0 : span.start + 1}
        max={side === "start" ? span.end - 1 : places.length}
        defaultValue={span[side]}
        onBlur={(event) => enter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") enter(event.currentTarget.value);
        }}
        className="tabular w-20"
      />
      <IconButton label={`${name} one ${by} later`} onClick={() => step(1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </span>
  );
}
