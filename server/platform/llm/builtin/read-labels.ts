import type { PromptLabel, PromptOption } from "./prompt";

type Definition = { name: string; options: PromptOption[] };

const VERB = String.raw`\b(?:label|classify|rate|annotate|mark|tag|categori[sz]e)\s+(?:the\s+)?`;
const LEAD_IN = String.raw`(?:(?:either|(?:exactly )?one of|one or more of|any of)(?: the following)?\b\s*:?\s*)?`;
const CHOICES = String.raw`\s+(?:as|into)\s+${LEAD_IN}(.*?)(?=[.:](?:\s|$)|$)`;
/** "Label the sentiment of the text as positive, negative or neutral." */
const FULL_SENTENCE = new RegExp(
  String.raw`${VERB}(.{1,200}?)\s+of\s+(?:the|this|each|every)\s+[\p{L} ]{1,40}?${CHOICES}`,
  "giu",
);
/** "Classify sentiment as positive or negative" */
const SHORT_SENTENCE = new RegExp(`${VERB}(.{1,200}?)${CHOICES}`, "giu");
const OPTIONS_LINE =
  /\b(?:one of|choose from|choose between|options|choices)\b(?: the following)?\s*:?\s+(.+?)\.?$/iu;
const LIST_ITEM = /^\s*[-*•]\s+(.+)$/u;
const QUOTES = /^["'“”‘’`*]+|["'“”‘’`*]+$/gu;
/** Longer lines are not instructions, and searching them could take long. */
const MAX_LINE = 5_000;

/**
 * The labels that an instruction asks for, with their options, in its order. A label named twice counts as it
 * stands first. Empty when the instruction names no options in a known way.
 */
export function readLabels(instruction: string): PromptLabel[] {
  const lines = instruction.split(/\r?\n/).filter((line) => line.length <= MAX_LINE);
  const full = readSentences(lines, FULL_SENTENCE);
  const short = full.length > 0 ? full : readSentences(lines, SHORT_SENTENCE);
  const definitions = short.length > 0 ? short : readOptionsLine(lines, instruction);
  const named = new Map<string, Definition>();
  for (const definition of definitions) {
    if (!named.has(definition.name)) named.set(definition.name, definition);
  }
  return [...named.values()].map(({ name, options }) => ({
    options: withDescriptions(options, lines),
    ...readField(name, instruction),
  }));
}

function readSentences(lines: readonly string[], sentence: RegExp): Definition[] {
  return lines.flatMap((line, at) =>
    [...line.matchAll(sentence)].flatMap(([, name = "", choices = ""]) => {
      const spelled = splitOptions(choices);
      const options = spelled.length > 0 ? spelled : readList(lines.slice(at + 1));
      return options.length > 0 ? [{ name: name.replace(QUOTES, ""), options }] : [];
    }),
  );
}

/** "Options: a, b or c" where no sentence names them; the label's name is the format sample's placeholder. */
function readOptionsLine(lines: readonly string[], instruction: string): Definition[] {
  const name = /<([^<>\n]{1,100})>/.exec(instruction)?.[1] ?? "label";
  for (const line of lines) {
    const options = splitOptions(OPTIONS_LINE.exec(line)?.[1] ?? "");
    if (options.length > 1) return [{ name, options }];
  }
  return [];
}

/** "a, b or c": commas first, then the last "or", so that an option before it may hold one itself. */
function splitOptions(choices: string): PromptOption[] {
  const quoted = [...choices.matchAll(/["“`]([^"“”`]+)["”`]/gu)].map(([, name = ""]) => name);
  if (quoted.length > 0) return distinct(quoted.map((name) => ({ name })));
  const parts = choices.split(/\s*,\s*/);
  const last = parts.pop() ?? "";
  const ending = /^(?:(.*)\s+)?or\s+(.+)$/iu.exec(last) ?? /^(?:(.*)\s+)?and\s+(.+)$/iu.exec(last);
  const names = [...parts, ...(ending ? [ending[1] ?? "", ending[2] ?? ""] : [last])];
  return distinct(names.map((name) => ({ name: name.trim().replace(QUOTES, "") })));
}

/** The list right below a sentence: "- positive: pleased or grateful". */
function readList(lines: readonly string[]): PromptOption[] {
  const end = lines.findIndex((line) => !LIST_ITEM.test(line));
  const items = lines.slice(0, end < 0 ? lines.length : end).map((line) => LIST_ITEM.exec(line)?.[1] ?? "");
  return distinct(
    items.map((item) => {
      const [name = "", ...description] = item.split(": ");
      return { name: name.trim().replace(QUOTES, ""), description: description.join(": ") };
    }),
  );
}

/** Adds to each option what a line "- option: …" of the instruction says of it. */
function withDescriptions(options: readonly PromptOption[], lines: readonly string[]): PromptOption[] {
  const items = lines.flatMap((line) => LIST_ITEM.exec(line)?.[1] ?? []);
  return options.map((option) => {
    const item = items.find((text) => text.startsWith(`${option.name}:`));
    return item === undefined
      ? option
      : { ...option, description: item.slice(option.name.length + 1).trim() };
  });
}

/** How the format sample spells a label's key, as in `Sentiment: <sentiment>` or `{"Sentiment": "<sentiment>"}`. */
function readField(name: string, instruction: string): { field: string; list: boolean } {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  const sample = new RegExp(String.raw`(${escaped})"?\s*:\s*(\[?)\s*["<]`, "iu").exec(instruction);
  const capitalised = name.slice(0, 1).toUpperCase() + name.slice(1);
  return { field: sample?.[1] ?? capitalised, list: sample?.[2] === "[" };
}

function distinct(options: readonly PromptOption[]): PromptOption[] {
  return options.filter(
    ({ name }, at) => name !== "" && options.findIndex((other) => other.name === name) === at,
  );
}
