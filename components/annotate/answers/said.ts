import { z } from "zod";
import { type Answer, answerStatus, type GivenAnswer } from "@/contracts/annotating";

export const said = z.object({
  value: z.array(z.string()),
  spans: z.array(z.object({ start: z.number(), end: z.number(), value: z.array(z.string()) })),
  status: answerStatus.nullable(),
  reason: z.string().nullable(),
  /** When, by this browser's clock; never twice the same in one page, so that it tells answers apart. */
  at: z.string(),
});
/** What I have said about one label of one record; without value, spans and status: nothing any more. */
export type Said = z.infer<typeof said>;

/** What an answer says, apart from when. */
export type Words = Omit<Said, "at">;

export const nothing: Words = { value: [], spans: [], status: null, reason: null };
export const chosen = (value: readonly string[]): Words => ({ ...nothing, value: [...value] });
export const unsure = (reason: string | null = null): Words => ({ ...nothing, status: "UNSURE", reason });
export const nothingToMark: Words = { ...nothing, status: "NONE" };
export const marked = (spans: Words["spans"]): Words => ({ ...nothing, spans: [...spans] });

/** Whether the label is settled: labelled, or said why not. */
export const isAnswered = (words: Words | null): boolean =>
  words !== null && (words.value.length > 0 || words.spans.length > 0 || words.status !== null);

/** Whether two answers say the same, whatever the order of options and spans. */
export function saysSame(one: Words | null, other: Words | null): boolean {
  return JSON.stringify(inOrder(one ?? nothing)) === JSON.stringify(inOrder(other ?? nothing));
}

function inOrder({ value, spans, status, reason }: Words) {
  const places = spans
    .map((span) => [span.start, span.end, [...span.value].sort()] as const)
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return [[...value].sort(), places, status, reason];
}

/** The place of an answer in the browser's store; its parts can't hold what parts a name there. */
export const keyOf = (recordId: string, label: string): string => `${recordId}/${encodeURIComponent(label)}`;

export function partsOf(key: string): { recordId: string; label: string } {
  const at = key.indexOf("/");
  return { recordId: key.slice(0, at), label: decodeURIComponent(key.slice(at + 1)) };
}

/** What the server says that stands. @param at kept where it is this page's own answer that now stands */
export const saidOf = ({ value, spans, status, reason, at }: Answer, own?: string): Said => ({
  value,
  spans,
  status,
  reason,
  at: own ?? at ?? "",
});

export const givenOf = (key: string, { at: _, ...words }: Said, base: number): GivenAnswer => ({
  ...partsOf(key),
  base,
  ...words,
});
