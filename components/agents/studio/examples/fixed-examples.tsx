"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useAskedLabels, useStudio } from "../studio-context";
import { type DraftExample, type DraftExamples, draftItems } from "./draft-examples";
import { ExampleFields } from "./example-fields";
import { PickVerified } from "./pick-verified";

const MOST = 50;

type FixedExamplesProps = {
  examples: DraftExamples | undefined;
  put: (examples: DraftExamples | undefined) => void;
};

/** Examples that every record gets: texts of one's own, or verified records. */
export function FixedExamples({ examples, put }: FixedExamplesProps) {
  const { readOnly } = useStudio();
  const items = draftItems(examples) ?? [];
  const asked = useAskedLabels();
  const path = Array.isArray(examples) ? "prompt.examples" : "prompt.examples.items";
  const change = (next: readonly DraftExample[]) => put(asStored(next, examples));
  return (
    <>
      {items.length === 0 ? <p className="text-faint">None.</p> : null}
      <ol className="flex flex-col gap-4">
        {[...items.entries()].map(([place, example]) => (
          <ExampleFields
            key={example.recordId ?? place}
            index={place}
            path={`${path}.${place}`}
            example={example}
            asked={asked}
            put={(next) => change(next ? items.with(place, next) : items.toSpliced(place, 1))}
          />
        ))}
      </ol>
      {readOnly ? null : (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button
            size="sm"
            disabled={items.length >= MOST}
            onClick={() => change([...items, { text: "", labels: {} }])}
          >
            <Plus aria-hidden />
            Write an example
          </Button>
          <PickVerified
            taken={items.flatMap(({ recordId }) => recordId ?? [])}
            room={MOST - items.length}
            onPick={(picked) => change([...items, ...picked])}
          />
        </div>
      )}
    </>
  );
}

/** A list of texts stays the list that it was, so that nothing seems changed. */
function asStored(items: readonly DraftExample[], before: DraftExamples | undefined): DraftExamples {
  const texts = items.flatMap(({ text, recordId, labels }) =>
    recordId === undefined ? [{ text: text ?? "", labels }] : [],
  );
  const wasList = before === undefined || Array.isArray(before);
  return wasList && texts.length === items.length ? texts : { mode: "fixed", items: [...items] };
}
