import { lookOf, type OptionLook } from "@/components/labelling/label-options";
import type { TextPlaces } from "./text-places";
import type { SpanLabel, SpanView } from "./types";

const statuses = { CONFIRMS: "confirmed", CORRECTS: "corrected", UNSURE: "marked as can't tell" } as const;

/** Looks of the options that a span has, or had before a person said that it is none. */
export function looksOf(labels: readonly SpanLabel[], span: SpanView): OptionLook[] {
  const options = labels.find(({ name }) => name === span.label)?.options ?? [];
  return shownValue(span).map((value) => lookOf(options, value));
}

/** Its options; of one that a person said is no span, those that it had. */
const shownValue = ({ value, verdict }: SpanView): readonly string[] =>
  value.length > 0 ? value : (verdict?.replaced?.value ?? []);

/** Whether it is settled by a person, an agent's word, or no span. */
export function lookOfSpan({ value, by, verdict }: SpanView): "outlined" | "filled" | "dashed" {
  if (value.length === 0) return "dashed";
  const isSettled = verdict !== null && verdict.status !== "UNSURE";
  return by.kind === "job" && !isSettled ? "outlined" : "filled";
}

/** "ORG, PERSON", or the label's name where a span has no option. */
export const optionWords = (labels: readonly SpanLabel[], span: SpanView): string =>
  looksOf(labels, span)
    .map(({ text }) => text)
    .join(", ") || span.label;

/**
 * A span in a sentence, as it is read aloud: "ORG: Acme Corp, characters 10 to 19, by agent extractor 2, confidence
 * 0.93, confirmed by Ann". Characters as they are stored: the first, and the one after the last.
 */
export function spanSentence(places: TextPlaces, labels: readonly SpanLabel[], span: SpanView): string {
  const { by, conf, verdict, value, conflict, unsaved, start, end } = span;
  const agent = by.kind === "job" ? "agent " : by.kind === "imported" ? "import " : "";
  return [
    `${value.length === 0 ? "Not " : ""}${optionWords(labels, span)}: ${wordsOf(places, span)}`,
    `characters ${start} to ${end}`,
    `by ${agent}${by.name}`,
    ...(conf === null ? [] : [`confidence ${conf.toFixed(2)}`]),
    ...(verdict ? [verdictWords(span, verdict)] : []),
    ...(conflict ? [conflict] : []),
    ...(unsaved || verdict?.unsaved ? ["not saved yet"] : []),
  ].join(", ");
}

function verdictWords({ value }: SpanView, { status, by }: NonNullable<SpanView["verdict"]>): string {
  return value.length === 0 ? `taken out by ${by}` : `${statuses[status]} by ${by}`;
}

const LONGEST = 120;

/** The words of a span on one line, the middle of long ones left out. */
export function wordsOf(places: TextPlaces, span: Pick<SpanView, "start" | "end">): string {
  const words = places.slice(span).replace(/\s+/gu, " ");
  const letters = Array.from(words);
  if (letters.length <= LONGEST) return words;
  return `${letters.slice(0, LONGEST / 2).join("")} … ${letters.slice(-LONGEST / 2).join("")}`;
}
