"use client";

import { useMemo, useState } from "react";
import { withChange, withoutSpan, withSpan } from "@/components/annotate/span-answers";
import { createSpanIds } from "@/components/annotate/span-ids";
import { SpanEditor } from "@/components/spans/span-editor";
import { spanLabelsOf } from "@/components/spans/span-labels";
import type { SpanActions, SpanView } from "@/components/spans/types";
import { useSpanBrush } from "@/components/spans/use-span-brush";
import { Button } from "@/components/ui/button";
import type { AnswerSpan } from "@/contracts/annotating";
import type { LabelDefinition } from "@/contracts/label-schema";

type ResolveSpansProps = {
  label: LabelDefinition;
  text: string;
  /** What could be read of the answer: where one begins. */
  read: readonly AnswerSpan[];
  decided: boolean;
  busy: boolean;
  onResolve: (spans: AnswerSpan[]) => void;
};

/** What the answer means for a label of spans: they are marked in the text, then given all at once, or there is none. */
export function ResolveSpans({ label, text, read, decided, busy, onResolve }: ResolveSpansProps) {
  const [ids] = useState(createSpanIds);
  const [marked, setMarked] = useState<AnswerSpan[]>([...read]);
  const labels = useMemo(() => spanLabelsOf([label]), [label]);
  const brush = useSpanBrush(labels);
  const find = (id: string) => marked.find((span) => ids.of(label.name, span) === id);
  const actions: SpanActions = {
    onAdd: (span) => setMarked(withSpan(marked, span, label.multi === true)),
    onChange(id, change) {
      const span = find(id);
      if (!span) return;
      ids.moved(label.name, span, change);
      setMarked(withChange(marked, span, change));
    },
    onRemove(id) {
      const span = find(id);
      if (span) setMarked(withoutSpan(marked, span));
    },
  };
  const spans = marked.map(
    (span): SpanView => ({
      ...span,
      id: ids.of(label.name, span),
      label: label.name,
      by: { kind: "user", name: "You" },
      conf: null,
      verdict: null,
    }),
  );
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">
        {label.name}
        {decided ? <span className="ml-2 font-normal text-good text-xs">resolved</span> : null}
      </legend>
      <SpanEditor
        title={`Text with the spans of ${label.name}`}
        text={text}
        spans={spans}
        labels={labels}
        readOnly={decided}
        actions={actions}
        brush={brush}
      />
      <div className="flex flex-wrap gap-2">
        <Button disabled={busy || decided || marked.length === 0} onClick={() => onResolve(marked)}>
          {resolveWords(marked.length)}
        </Button>
        <Button disabled={busy || decided} onClick={() => onResolve([])}>
          Nothing to mark
        </Button>
      </div>
    </fieldset>
  );
}

function resolveWords(count: number): string {
  if (count === 0) return "Mark what the answer means";
  return count === 1 ? "Resolve as this span" : `Resolve as these ${count} spans`;
}
