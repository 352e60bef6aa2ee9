import type { PromptOption } from "./prompt";
import { bare, splitList, splitPhrase } from "./split-options";

/** A label that an instruction names, with its options. */
export type Definition = { name: string; options: PromptOption[] };

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
/** "Sentiment (what the customer feels):", above a list of options. */
const HEADING = /^\s*([^\n]{1,100}?)(?:\s+\([^\n]*\))?\s*:\s*$/u;
const OPTIONS_LINE =
  /\b(?:one of|choose from|choose between|options|choices)\b(?: the following)?\s*:?\s+(.+?)\.?$/iu;
/** Longer lines are not instructions, and searching them could take long. */
const MAX_LINE = 5_000;

/**
 * Every label with its options that an instruction names, the surest ways of naming them first: full
 * sentences, headed lists, short sentences. A rule such as "Label sarcasm as negative" is among the last.
 */
export function readDefinitions(instruction: string): Definition[] {
  const lines = splitLines(instruction);
  return [
    ...readSentences(lines, FULL_SENTENCE),
    ...readHeadedLists(lines),
    ...readSentences(lines, SHORT_SENTENCE),
  ].filter(({ options }) => options.length > 0);
}

/** The options of a line like "Options: a, b or c", which doesn't say whose they are; undefined without one. */
export function readNamelessOptions(instruction: string): PromptOption[] | undefined {
  return splitLines(instruction)
    .map((line) => splitPhrase(OPTIONS_LINE.exec(line)?.[1] ?? ""))
    .find((options) => options.length > 1);
}

function readSentences(lines: readonly string[], sentence: RegExp): Definition[] {
  return lines.flatMap((line, at) =>
    [...line.matchAll(sentence)].map(([, name = "", choices = ""]) => {
      const options = splitPhrase(choices);
      return { name: bare(name), options: options.length > 0 ? options : splitList(lines.slice(at + 1)) };
    }),
  );
}

function readHeadedLists(lines: readonly string[]): Definition[] {
  return lines.flatMap((line, at) => {
    const name = HEADING.exec(line)?.[1];
    return name === undefined ? [] : [{ name: bare(name), options: splitList(lines.slice(at + 1)) }];
  });
}

function splitLines(instruction: string): string[] {
  return instruction.split(/\r?\n/).filter((line) => line.length <= MAX_LINE);
}
