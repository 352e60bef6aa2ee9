"use client";

import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { contextOf } from "@/components/spans/find-words";
import type { TextPlaces } from "@/components/spans/text-places";
import type { SpanBorders } from "@/components/spans/types";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { LabelDefinition } from "@/contracts/label-schema";
import { useStudio } from "../studio-context";
import { type DraftSpan, isPlaced } from "./draft-examples";
import { placesOf, spanOfWords, spanProblem, wordsOf } from "./place-spans";

type ExampleSpanProps = {
  /** From 1. */
  place: number;
  label: LabelDefinition;
  /** null while the text loads. */
  places: TextPlaces | null;
  span: DraftSpan;
  /** The other spans of the label. */
  others: readonly DraftSpan[];
  path: string;
  put: (span: DraftSpan | null) => void;
};

/** One span: its words, which of the places where they stand, its option. */
export function ExampleSpan({ place, label, places, span, others, path, put }: ExampleSpanProps) {
  const { problemAt, readOnly } = useStudio();
  // While words are typed they stay as typed, also where the text writes them otherwise.
  const [typed, setTyped] = useState<string | null>(null);
  const found = useMemo(() => (places ? placesOf(places, span) : []), [places, span]);
  const chosen = isPlaced(span)
    ? found.findIndex(({ start, end }) => start === span.start && end === span.end)
    : -1;
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Field
        label={`Words ${place}`}
        error={(places ? spanProblem(places, span, found) : undefined) ?? problemAt(path)}
        className="min-w-40 flex-1"
      >
        {(control) => (
          <Input
            {...control}
            readOnly={readOnly || places === null}
            maxLength={1000}
            value={typed ?? (places ? onOneLine(wordsOf(places, span)) : "…")}
            onChange={(event) => {
              setTyped(event.target.value);
              if (places) put(spanOfWords(places, event.target.value, span.value, others));
            }}
            onBlur={() => setTyped(null)}
          />
        )}
      </Field>
      {places && (found.length > 1 || (found.length === 1 && chosen < 0)) ? (
        <Field label="Which of them" className="w-52">
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              value={chosen < 0 ? "" : String(chosen)}
              options={found.map((at, index) => ({
                value: String(index),
                label: <Context places={places} at={at} number={index + 1} />,
              }))}
              onValueChange={(index) => {
                const at = found[Number(index)];
                if (at) put({ ...at, value: span.value });
              }}
            />
          )}
        </Field>
      ) : null}
      <Options
        label={label}
        value={span.value}
        error={problemAt(`${path}.value`)}
        setValue={(value) => put({ ...span, value })}
      />
      {readOnly ? null : (
        <IconButton label={`Remove span ${place}`} className="mt-6" onClick={() => put(null)}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

const onOneLine = (words: string): string => words.replace(/\s+/gu, " ");

type ContextProps = { places: TextPlaces; at: SpanBorders; number: number };

function Context({ places, at, number }: ContextProps) {
  const { before, words, after } = contextOf(places, at, 16);
  return (
    <>
      <span className="tabular text-faint">{number}.</span> {before}
      <strong>{words}</strong>
      {after}
    </>
  );
}

type OptionsProps = {
  label: LabelDefinition;
  value: readonly string[];
  error: string | undefined;
  setValue: (value: string[]) => void;
};

function Options({ label, value, error, setValue }: OptionsProps) {
  const { readOnly } = useStudio();
  if (!label.multi)
    return (
      <Field label="Option" error={error} className="w-40">
        {(control) => (
          <Select
            {...control}
            disabled={readOnly}
            options={label.options.map((option) => ({ value: option.value, label: option.text }))}
            value={value[0] ?? ""}
            onValueChange={(next) => setValue([next])}
          />
        )}
      </Field>
    );
  return (
    <fieldset className="flex flex-wrap gap-x-3">
      <legend className="font-medium">Options</legend>
      {label.options.map((option) => (
        <Checkbox
          key={option.value}
          label={option.text}
          disabled={readOnly}
          checked={value.includes(option.value)}
          onCheckedChange={(on) =>
            setValue(on === true ? [...value, option.value] : value.filter((other) => other !== option.value))
          }
        />
      ))}
      {error ? (
        <p role="alert" className="w-full text-bad text-xs">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
