import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition, LabelOption } from "@/contracts/label-schema";
import { type PromptExample, spansIn, valuesIn } from "@/contracts/prompt-examples";
import { quoteSpans, type SpanQuote } from "../spans/quote-spans";

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

/**
 * The right answer to an example, in the form that the model is asked for; options by text.
 * @returns null where no quote of the text finds one of its spans again
 */
export function exampleAnswer(
  example: PromptExample,
  labels: readonly LabelDefinition[],
  answer: AnswerForm,
): string | null {
  const fields = labels.map((label): [string, string | null] => {
    const written =
      label.level === "span"
        ? spanAnswer(example, label)
        : recordAnswer(textsOf(valuesIn(example.labels, label.name), label), label, answer);
    return [fieldName(label, labels), written];
  });
  const whole = fields.flatMap(([name, written]): [string, string][] =>
    written === null ? [] : [[name, written]],
  );
  if (whole.length < fields.length) return null;
  return answer === "text" ? textLines(whole) : jsonLine(whole);
}

function recordAnswer(texts: readonly string[], { multi }: LabelDefinition, answer: AnswerForm): string {
  if (answer === "text") return texts.join(", ");
  return jsonOf(multi ? texts : (texts[0] ?? ""));
}

function spanAnswer({ text, labels }: PromptExample, label: LabelDefinition): string | null {
  const spans = spansIn(labels, label.name);
  const quotes = quoteSpans(text, spans);
  const entries = spans.flatMap(({ value }, at) => {
    const quote = quotes[at];
    return quote ? [spanEntry(quote, textsOf(value, label), label)] : [];
  });
  return entries.length < spans.length ? null : `[${entries.join(", ")}]`;
}

function spanEntry(
  { text, occurrence }: SpanQuote,
  texts: readonly string[],
  { multi }: LabelDefinition,
): string {
  const fields: [string, string][] = [
    ["text", jsonOf(text)],
    ["label", jsonOf(multi ? texts : (texts[0] ?? ""))],
    ...(occurrence === undefined ? [] : [["occurrence", String(occurrence)] as [string, string]]),
  ];
  return jsonLine(fields);
}

const textsOf = (values: readonly string[], { options }: LabelDefinition): string[] =>
  values.map((value) => options.find((option) => option.value === value)?.text ?? value);

/**
 * The longest valid answer that can be given to a prompt: every option of a multi-select label. How many spans a
 * text holds is not known, nor their words: one of each option stands for them.
 */
export function longestAnswer(labels: readonly LabelDefinition[], answer: AnswerForm): string {
  const fields = labels.map((label): [string, string] => {
    const texts = label.options.map(({ text }) => text);
    const [longest] = texts.toSorted((a, b) => b.length - a.length);
    const written =
      label.level === "span"
        ? `[${texts.map((text) => spanEntry({ text: "" }, [text], label)).join(", ")}]`
        : recordAnswer(label.multi ? texts : longest === undefined ? [] : [longest], label, answer);
    return [fieldName(label, labels), written];
  });
  return answer === "text" ? textLines(fields) : jsonLine(fields);
}

const textLines = (fields: [name: string, written: string][]) =>
  fields.map(([name, written]) => `${name}: ${written}`).join("\n");
const jsonLine = (fields: [name: string, json: string][]) =>
  `{${fields.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")}}`;

/** As `JSON.stringify`, with a space after each comma. */
const jsonOf = (value: string | readonly string[]): string =>
  typeof value === "string"
    ? JSON.stringify(value)
    : `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
