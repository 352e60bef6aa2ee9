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

/** The shape of an answer: a line per label, or one line of JSON. */
export function formatSample(labels: readonly LabelDefinition[], answer: AnswerForm): string {
  if (answer === "text")
    return labels.map((label) => `${fieldName(label, labels)}: <${sampleName(label)}>`).join("\n");
  return jsonLine(labels, (label) => (label.multi ? [`<${label.name}>`] : `<${label.name}>`));
}

const sampleName = (label: LabelDefinition) => (label.multi ? `${label.name}, comma separated` : label.name);

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
  if (answer === "text")
    return labels.map((label) => `${fieldName(label, labels)}: ${texts(label).join(", ")}`).join("\n");
  return jsonLine(labels, (label) => (label.multi ? texts(label) : (texts(label)[0] ?? "")));
}

/** The longest valid answer that can be given to a prompt: every option of a multi-select label. */
export function longestAnswer(labels: readonly LabelDefinition[], answer: AnswerForm): string {
  const longest = labels.map(({ name, options, multi }): [string, string[]] => {
    const [first] = [...options].sort((a, b) => b.text.length - a.text.length);
    return [name, (multi ? options : first ? [first] : []).map((option) => option.value)];
  });
  return exampleAnswer({ text: "", labels: Object.fromEntries(longest) }, labels, answer);
}

function jsonLine(
  labels: readonly LabelDefinition[],
  answerOf: (label: LabelDefinition) => string | string[],
): string {
  const quoted = (value: string | string[]) =>
    Array.isArray(value)
      ? `[${value.map((item) => JSON.stringify(item)).join(", ")}]`
      : JSON.stringify(value);
  return `{${labels.map((label) => `${JSON.stringify(fieldName(label, labels))}: ${quoted(answerOf(label))}`).join(", ")}}`;
}
