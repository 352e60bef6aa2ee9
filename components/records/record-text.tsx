"use client";

import { lookOf, optionLooks } from "@/components/verification/session/label-options";
import type { RecordRow } from "@/contracts/records";
import { useRecordsView } from "./records-context";
import { segmentsOf } from "./span-segments";

/** The text of a record with what is labelled in it underlined in the colour of its option. */
export function RecordText({ content, annotations = [] }: Pick<RecordRow, "content" | "annotations">) {
  const { vocabulary } = useRecordsView();
  const spans = annotations.flatMap(({ id, label, value, annotator, start, end }) => {
    if (start === undefined || end === undefined) return [];
    const definition = vocabulary.labels.find(({ name }) => name === label);
    const looks = definition ? optionLooks(definition) : [];
    const options = value.map((one) => lookOf(looks, one));
    const says = `${label}: ${options.map(({ text }) => text).join(", ")}, ${annotator.name}`;
    return [{ id, start, end, color: options[0]?.color, says }];
  });
  if (spans.length === 0) return <p className="record-text">{content}</p>;
  return (
    <p className="record-text">
      {segmentsOf(content, spans).map(({ at, text, spans: over }) => {
        const [first] = over;
        if (!first) return <span key={at}>{text}</span>;
        return (
          <mark
            key={at}
            data-option={first.color}
            title={over.map(({ says }) => says).join("\n")}
            className="border-b-2 border-option bg-option-soft text-inherit"
          >
            {text}
          </mark>
        );
      })}
    </p>
  );
}
