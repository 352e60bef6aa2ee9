import type { LabelDefinition } from "@/contracts/label-schema";
import { type FixedExample, spansIn, valuesIn } from "@/contracts/prompt-examples";

export type ShownRecord = { externalId: string; content: string };

/** Characters of a record's text that tell which it is. */
const SHOWN = 80;

/**
 * A fixed example in two lines: its text, a record's shortened beside its id, and its answer by the options' texts. Of
 * a span, its words with their place. A record or option that is not known is named as it is stored.
 */
export function exampleWords(
  labels: readonly LabelDefinition[],
  records: ReadonlyMap<string, ShownRecord>,
): (example: FixedExample) => string {
  return (example) => {
    const { text, recordId = "" } = example;
    const record = records.get(recordId);
    const shown = record ? `${record.externalId}: ${shorten(record.content)}` : `record ${recordId}`;
    const answers = Object.keys(example.labels).map((name) =>
      answerWords(
        name,
        labels.find((label) => label.name === name),
        example,
        text ?? record?.content,
      ),
    );
    return `${text ?? shown}\n→ ${answers.join("; ")}`;
  };
}

function answerWords(
  name: string,
  label: LabelDefinition | undefined,
  { labels }: FixedExample,
  text: string | undefined,
): string {
  const optionText = (value: string) =>
    label?.options.find((option) => option.value === value)?.text ?? value;
  const words = (values: readonly string[]) => values.map(optionText).join(", ");
  const values = valuesIn(labels, name);
  if (values.length > 0) return `${name}: ${words(values)}`;
  const points = text === undefined ? null : [...text];
  const spans = spansIn(labels, name).map(({ start, end, value }) => {
    const quoted = points ? `"${points.slice(start, end).join("")}" ` : "";
    return `${quoted}(${start}–${end}) ${words(value)}`;
  });
  return `${name}: ${spans.length > 0 ? spans.join(", ") : "nothing to mark"}`;
}

function shorten(text: string): string {
  const points = [...text.replaceAll(/\s+/g, " ").trim()];
  return points.length > SHOWN ? `${points.slice(0, SHOWN - 1).join("")}…` : points.join("");
}
