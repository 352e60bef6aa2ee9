import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition, LabelOption } from "@/contracts/label-schema";
import type { PromptExample } from "@/contracts/prompt-examples";

type AnswerForm = PromptSettings["answer"];

/**
 * The name under which a label's answer stands: the label's own with a capital, as in `Sentiment`. Two labels
 * that differ only in that capital keep theirs.
 */
export function fieldName(label: LabelDefinition, labels: readonly LabelDefinition[]): string {
  const [first = "", ...rest] = label.name;
  const capitalised = first.toUpperCase() + rest.join("");
  const taken = labels.some((other) => other !== label && other.name === capitalised);
  return taken ? label.name : capitalised;
}

/** The name under which the model says how sure it is of a label: `Confidence`, of several `Sentiment confidence`. */
export function confidenceField(label: LabelDefinition, labels: readonly LabelDefinition[]): string {
  const taken = labels.some(({ name }) => name.toLowerCase() === "confidence");
  return labels.length === 1 && !taken ? "Confidence" : `${fieldName(label, labels)} confidence`;
}

/** Option texts as a phrase: `positive, negative or neutral`; for a multi-select label `one or more of a, b or c`. */
export function optionPhrase(label: LabelDefinition): string {
  const quote = label.options.some((option) => /[,;]|\s(or|and)\s/iu.test(option.text));
  const texts = label.options.map((option) => (quote ? `"${option.text}"` : option.text));
  const last = texts.at(-1) ?? "";
  const phrase = texts.length > 1 ? `${texts.slice(0, -1).join(", ")} or ${last}` : last;
  return label.multi && texts.length > 1 ? `one or more of ${phrase}` : phrase;
}

/** The options of one label as a list with their descriptions. */
export function optionList(label: LabelDefinition, labels: readonly LabelDefinition[]): string {
  const heading = `${fieldName(label, labels)}${label.description ? ` (${label.description})` : ""}:`;
  return [heading, ...label.options.map(optionLine)].join("\n");
}

function optionLine(option: LabelOption): string {
  return option.description ? `- ${option.text}: ${option.description}` : `- ${option.text}`;
}

/**
 * The shape of an answer: a line per label, or one line of JSON.
 * @param verbalised the model is to say how sure it is of each label
 */
export function formatSample(
  labels: readonly LabelDefinition[],
  answer: AnswerForm,
  { verbalised = false }: { verbalised?: boolean } = {},
): string {
  const sample = (label: LabelDefinition) =>
    label.level === "span"
      ? `[${spanSample(label)}, ...]`
      : answer === "text"
        ? `<${sampleName(label)}>`
        : jsonSample(label);
  const fields = labels.flatMap((label): [string, string][] => [
    [fieldName(label, labels), sample(label)],
    ...(verbalised ? [[confidenceField(label, labels), CONFIDENCE_SAMPLE] as [string, string]] : []),
  ]);
  return answer === "text" ? textLines(fields) : jsonLine(fields);
}

/** It must be the model's trust in what it answered, not the probability of one certain option. */
const CONFIDENCE_SAMPLE = "<number from 0 to 1: the probability that the answer you just gave is right>";
const sampleName = (label: LabelDefinition) => (label.multi ? `${label.name}, comma separated` : label.name);
const jsonSample = ({ name, multi }: LabelDefinition) => JSON.stringify(multi ? [`<${name}>`] : `<${name}>`);
const spanSample = ({ name, multi }: LabelDefinition) =>
  `{"text": "<words copied from the text>", "label": ${multi ? `["<${name}>"]` : `"<${name}>"`}}`;

/** What an answer with spans needs to be told beside its shape, or null when no label is of spans. */
export function spanInstruction(labels: readonly LabelDefinition[]): string | null {
  const fields = labels.filter(({ level }) => level === "span").map((label) => fieldName(label, labels));
  if (fields.length === 0) return null;
  return [
    `${fields.join(" and ")}: list every part of the text that is one of the options, and [] where there is none.`,
    "Copy the words of each part exactly as they stand in the text.",
    'Where the same words stand in the text more than once, add "occurrence": 1 for the first time, 2 for the second, and so on.',
  ].join(" ");
}

/** The right answer to an example, in the form that the model is asked for; options by text. */
export function exampleAnswer(
  example: PromptExample,
  labels: readonly LabelDefinition[],
  answer: AnswerForm,
): string {
  const texts = (label: LabelDefinition) =>
    (example.labels[label.name] ?? []).map(
      (value) => label.options.find((option) => option.value === value)?.text ?? value,
    );
  const written = (label: LabelDefinition) => {
    if (label.level === "span") return jsonOf(texts(label).map((text) => ({ text: "", label: text })));
    if (answer === "text") return texts(label).join(", ");
    return jsonOf(label.multi ? texts(label) : (texts(label)[0] ?? ""));
  };
  const fields = labels.map((label): [string, string] => [fieldName(label, labels), written(label)]);
  return answer === "text" ? textLines(fields) : jsonLine(fields);
}

/** The longest valid answer that can be given to a prompt: every option of a multi-select label. */
export function longestAnswer(labels: readonly LabelDefinition[], answer: AnswerForm): string {
  const longest = labels.map(({ name, level, options, multi }): [string, string[]] => {
    const [first] = [...options].sort((a, b) => b.text.length - a.text.length);
    return [name, (multi || level === "span" ? options : first ? [first] : []).map((option) => option.value)];
  });
  return exampleAnswer({ text: "", labels: Object.fromEntries(longest) }, labels, answer);
}

const textLines = (fields: [name: string, written: string][]) =>
  fields.map(([name, written]) => `${name}: ${written}`).join("\n");
const jsonLine = (fields: [name: string, json: string][]) =>
  `{${fields.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")}}`;

/** As `JSON.stringify`, with a space after each comma. */
const jsonOf = (value: string | readonly (string | object)[]): string =>
  typeof value === "string"
    ? JSON.stringify(value)
    : `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
