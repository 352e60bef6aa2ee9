"use client";

import { useState } from "react";
import { SpanEditor } from "@/components/spans/span-editor";
import type { BrushState, SpanActions, SpanView } from "@/components/spans/types";
import type { AnswerSpan, WorkRecord } from "@/contracts/annotating";
import { useAnnotateView } from "./annotate-context";
import { AnswerWords } from "./answer-cell";
import { marked } from "./answers/said";
import { LabelFrame } from "./label-block";
import { withChange, withoutSpan, withSpan } from "./span-answers";
import { createSpanIds } from "./span-ids";
import type { Labelling } from "./use-labelling";
import type { WorkLabel } from "./work-labels";

type SpanBlockProps = {
  record: WorkRecord;
  /** Of spans. */
  labels: readonly WorkLabel[];
  labelling: Labelling;
  brush: BrushState;
};

/** The text with its spans: each change is an answer that holds all spans of the label, kept like any other. */
export function SpanBlock({ record, labels, labelling, brush }: SpanBlockProps) {
  const { answers, active } = useAnnotateView();
  const [ids] = useState(createSpanIds);
  const spansOf = (label: string) => answers.answerOf(record.id, label)?.spans ?? [];
  const give = (label: string, spans: AnswerSpan[]) =>
    void answers.give([{ recordId: record.id, label, words: marked(spans) }]);
  const find = (id: string) =>
    labels
      .flatMap(({ name }) => spansOf(name).map((span) => ({ label: name, span })))
      .find(({ label, span }) => ids.of(label, span) === id);

  const actions: SpanActions = {
    onAdd({ label, ...span }) {
      labelling.pick(label);
      give(label, withSpan(spansOf(label), span, labels.find(({ name }) => name === label)?.multi === true));
    },
    onChange(id, change) {
      const found = find(id);
      if (!found) return;
      ids.moved(found.label, found.span, change);
      give(found.label, withChange(spansOf(found.label), found.span, change));
    },
    onRemove(id) {
      const found = find(id);
      if (found) give(found.label, withoutSpan(spansOf(found.label), found.span));
    },
  };
  const spans = labels.flatMap(({ name }) =>
    spansOf(name).map(
      (span): SpanView => ({
        ...span,
        id: ids.of(name, span),
        label: name,
        by: { kind: "user", name: "You" },
        conf: null,
        verdict: null,
        unsaved: answers.isUnsaved(record.id, name),
      }),
    ),
  );
  return (
    <>
      <fieldset
        className="min-w-0"
        aria-label={`Spans of ${record.externalId}`}
        // In the text, keys choose what is marked: the page says so.
        onFocus={(event) => {
          if (event.target.role === "textbox") labelling.pick(brush.brush.label);
        }}
        onBlur={(event) => {
          if (event.target.role === "textbox") labelling.unpick();
        }}
      >
        <SpanEditor
          key={record.id}
          title={`Text of ${record.externalId}`}
          text={record.content}
          spans={spans}
          labels={labels}
          readOnly={answers.readOnly}
          actions={actions}
          brush={brush}
        />
      </fieldset>
      {labels.map((label) => {
        const said = answers.answerOf(record.id, label.name);
        return (
          <LabelFrame
            key={label.name}
            label={label}
            isActive={active?.label === label.name}
            onPick={() => labelling.pick(label.name)}
          >
            {said ? (
              <AnswerWords label={label} words={said} />
            ) : (
              <span className="text-faint text-xs">Not marked yet</span>
            )}
          </LabelFrame>
        );
      })}
    </>
  );
}
