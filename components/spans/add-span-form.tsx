"use client";

import { type FormEvent, useDeferredValue, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { contextOf, findWords, MAX_FOUND } from "./find-words";
import type { SpanBorders } from "./types";
import type { SpanEditing } from "./use-span-editing";

type AddSpanFormProps = { editing: SpanEditing; onClose: () => void };

/** A span by typing its words and choosing which of the places where they stand is meant. */
export function AddSpanForm({ editing, onClose }: AddSpanFormProps) {
  const { places, labels, brush, mark } = editing;
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const words = useDeferredValue(typed);
  const { wordSnapping } = brush;
  const found = useMemo(() => findWords(places, words, wordSnapping), [places, words, wordSnapping]);
  const label = labels.find(({ name }) => name === brush.brush.label);
  const option = brush.brush.value ?? label?.options[0]?.value;
  const at = found[Math.min(chosen, found.length - 1)];

  function add(event: FormEvent) {
    event.preventDefault();
    if (!at || option === undefined) return;
    mark(at, "character", option);
    setTyped("");
    setChosen(0);
  }

  return (
    <form
      aria-label="Add a span by words"
      onSubmit={add}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="mb-3 flex flex-col gap-2 border-t pt-2"
    >
      <Field label="Words" hint={<span role="status">{foundWords(words, found.length, wordSnapping)}</span>}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={1000}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setChosen(0);
            }}
          />
        )}
      </Field>
      {found.length > 1 ? (
        <fieldset className="max-h-48 overflow-y-auto">
          <legend className="mb-1 font-medium">Which of them</legend>
          {found.map((span, place) => (
            <label key={span.start} className="flex min-h-control items-center gap-2">
              <input
                type="radio"
                name="place"
                checked={span === at}
                onChange={() => setChosen(place)}
                className="accent-accent"
              />
              <Context editing={editing} span={span} />
            </label>
          ))}
        </fieldset>
      ) : at ? (
        <p>
          <Context editing={editing} span={at} />
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        {labels.length > 1 ? (
          <Select
            aria-label="Label"
            value={brush.brush.label}
            options={labels.map(({ name }) => ({ value: name, label: name }))}
            onValueChange={(name) =>
              brush.onBrush({
                label: name,
                value: labels.find((one) => one.name === name)?.options[0]?.value ?? null,
              })
            }
            className="w-36"
          />
        ) : null}
        <Select
          aria-label="Option"
          value={option ?? ""}
          options={label?.options.map(({ value, text }) => ({ value, label: text })) ?? []}
          onValueChange={(value) => brush.onBrush({ label: brush.brush.label, value })}
          className="w-40"
        />
        <Button type="submit" disabled={!at}>
          Add span
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
    </form>
  );
}

function Context({ editing: { places }, span }: { editing: SpanEditing; span: SpanBorders }) {
  const { before, words, after } = contextOf(places, span);
  return (
    <span className="wrap-anywhere text-muted">
      {before}
      <strong className="text-text">{words}</strong>
      {after}{" "}
      <span className="tabular whitespace-nowrap text-faint text-xs">
        characters {span.start} to {span.end}
      </span>
    </span>
  );
}

function foundWords(typed: string, count: number, whole: boolean): string {
  if (typed.trim() === "") return "Type words as they stand in the text";
  if (count === 0) return whole ? "These whole words are not in the text" : "These words are not in the text";
  if (count === MAX_FOUND) return `${count} places or more: type more words`;
  return count === 1 ? "At one place" : `At ${count} places`;
}
