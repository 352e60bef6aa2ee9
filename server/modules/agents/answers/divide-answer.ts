import { type Range, trimRange } from "./characters";
import { type JsonObject, scanJsonObjects } from "./scan-json";

const REASONING = /<(\/?)(?:think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis)>/giu;
/** Where models that write in channels begin to speak to the reader. */
const FINAL_CHANNEL = "<|channel|>final<|message|>";
/** Marks of the model's own format that some servers leave at the end. */
const END_MARK = /(?:<\|[a-z_]{1,30}\|>|<\/s>|<end_of_turn>)\s*$/u;
const LONGEST_MARK = 60;

/** The parts of a raw answer that speak for it. */
export type DividedAnswer = {
  /** Without reasoning and marks. */
  answer: Range;
  objects: JsonObject[];
  /** What of `answer` is no JSON object, in order. */
  texts: Range[];
};

export function divideAnswer(raw: string): DividedAnswer {
  const whole = { start: endOfReasoning(raw), end: endWithoutMarks(raw) };
  const answer = trimRange(raw, { start: Math.min(whole.start, whole.end), end: whole.end });
  const objects = scanJsonObjects(raw, answer.start).filter(({ start }) => start < answer.end);
  const starts = [answer.start, ...objects.map(({ end }) => end)];
  const ends = [...objects.map(({ start }) => start), answer.end];
  const texts = starts.map((start, at) => ({ start, end: Math.max(start, ends[at] ?? start) }));
  return { answer, objects, texts };
}

/**
 * Models that think aloud in a tag are read from where the last one ends, for inside it they weigh options. Some
 * servers keep the opening tag to themselves. Thoughts without an end hold no answer.
 */
function endOfReasoning(raw: string): number {
  const final = raw.lastIndexOf(FINAL_CHANNEL);
  if (final >= 0) return final + FINAL_CHANNEL.length;
  const last = [...raw.matchAll(REASONING)].at(-1);
  if (!last) return 0;
  if (last[1] === "/") return last.index + last[0].length;
  return raw.slice(0, last.index).trim() === "" ? raw.length : 0;
}

function endWithoutMarks(raw: string): number {
  const { end } = trimRange(raw, { start: 0, end: raw.length });
  const from = Math.max(0, end - LONGEST_MARK);
  const mark = END_MARK.exec(raw.slice(from, end));
  return mark ? from + mark.index : end;
}
