import type { NewSpan, SpanChange } from "@/components/spans/types";
import type { AnswerSpan } from "@/contracts/annotating";

const isAt = (span: Pick<AnswerSpan, "start" | "end">) => (other: Pick<AnswerSpan, "start" | "end">) =>
  other.start === span.start && other.end === span.end;
const inOrder = (spans: readonly AnswerSpan[]): AnswerSpan[] =>
  spans.toSorted((one, other) => one.start - other.start || one.end - other.end);

/** With one more span; at a place that holds one already the options are put together, or replaced. */
export function withSpan(
  spans: readonly AnswerSpan[],
  { start, end, value }: Omit<NewSpan, "label">,
  multi: boolean,
): AnswerSpan[] {
  const there = spans.find(isAt({ start, end }));
  const options = there && multi ? [...new Set([...there.value, ...value])] : value;
  return inOrder([...spans.filter((span) => span !== there), { start, end, value: options }]);
}

/** With a span changed; where another one has the new place already, that one gives way. */
export function withChange(
  spans: readonly AnswerSpan[],
  at: Pick<AnswerSpan, "start" | "end">,
  change: SpanChange,
): AnswerSpan[] {
  const others = spans.filter((span) => !isAt(at)(span) && !isAt(change)(span));
  return inOrder([...others, { ...change, value: [...change.value] }]);
}

export const withoutSpan = (
  spans: readonly AnswerSpan[],
  at: Pick<AnswerSpan, "start" | "end">,
): AnswerSpan[] => spans.filter((span) => !isAt(at)(span));
