"use client";

import { Plus } from "lucide-react";
import { useId, useMemo } from "react";
import { TextPlaces } from "@/components/spans/text-places";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import type { LabelDefinition } from "@/contracts/label-schema";
import { useStudio } from "../studio-context";
import type { DraftSpan } from "./draft-examples";
import { ExampleSpan } from "./example-span";

type ExampleSpansProps = {
  label: LabelDefinition;
  /** The example's text; undefined while it loads. */
  text: string | undefined;
  /** null: not said yet. */
  spans: readonly DraftSpan[] | null;
  /** Of its problems: `prompt.examples.0.labels.names`. */
  path: string;
  setSpans: (spans: DraftSpan[] | null) => void;
};

/** All spans of a label in an example's text, by their words; or that it holds none. */
export function ExampleSpans({ label, text, spans, path, setSpans }: ExampleSpansProps) {
  const { problemAt, readOnly } = useStudio();
  const problemId = useId();
  const places = useMemo(() => new TextPlaces(text ?? ""), [text]);
  const rows = spans ?? [];
  const [first] = label.options;
  const change = (next: DraftSpan[]) => setSpans(next.length > 0 ? next : null);
  const problem = problemAt(path);
  return (
    <fieldset className="flex w-full flex-col gap-2" aria-describedby={problem ? problemId : undefined}>
      <legend className="mb-1 font-medium">Spans of {label.name}</legend>
      {[...rows.entries()].map(([at, span]) => (
        <ExampleSpan
          key={at}
          place={at + 1}
          label={label}
          places={text === undefined ? null : places}
          span={span}
          others={rows.toSpliced(at, 1)}
          path={`${path}.${at}`}
          put={(next) => change(next ? rows.with(at, next) : rows.toSpliced(at, 1))}
        />
      ))}
      {problem ? (
        <p id={problemId} role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        {readOnly ? null : (
          <Button
            size="sm"
            disabled={text === undefined}
            onClick={() => change([...rows, { words: "", value: first ? [first.value] : [] }])}
          >
            <Plus aria-hidden />
            Add a span
          </Button>
        )}
        {rows.length === 0 ? (
          <Checkbox
            label="None in this text"
            disabled={readOnly}
            checked={spans !== null}
            onCheckedChange={(on) => setSpans(on === true ? [] : null)}
          />
        ) : null}
      </div>
    </fieldset>
  );
}
