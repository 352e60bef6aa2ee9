"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Figure } from "@/components/ui/figure";
import { AddSpanForm } from "./add-span-form";
import { inOrder } from "./pieces";
import { SpanRow } from "./span-row";
import type { SpanEditing } from "./use-span-editing";

/** The spans of a text in its order, each with what can be done to it: the whole editor without sight or mouse. */
export function SpanList({ editing }: { editing: SpanEditing }) {
  const { spans, readOnly, labels } = editing;
  const [adding, setAdding] = useState(false);
  return (
    <section aria-label="Spans" className="min-w-0">
      <header className="mb-1 flex min-h-control items-center gap-2">
        <h2 className="text-sm">
          Spans{" "}
          <span className="font-normal text-faint">
            <Figure value={spans.length} />
          </span>
        </h2>
        {readOnly || labels.length === 0 ? null : (
          <Button
            variant="ghost"
            className="ml-auto"
            aria-expanded={adding}
            onClick={() => setAdding((before) => !before)}
          >
            <Plus aria-hidden /> Add a span by words
          </Button>
        )}
      </header>
      {adding && !readOnly ? <AddSpanForm editing={editing} onClose={() => setAdding(false)} /> : null}
      {spans.length === 0 ? (
        <p className="border-t py-2 text-muted">Nothing is marked in this text yet.</p>
      ) : (
        <ol className="divide-y border-y">
          {inOrder(spans).map((span) => (
            <SpanRow
              key={span.id}
              span={span}
              places={editing.places}
              labels={labels}
              onSelect={editing.select}
              editing={span.id === editing.selected?.id ? editing : null}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
