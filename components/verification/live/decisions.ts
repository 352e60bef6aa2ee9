import type { Decision, SpanMark } from "@/contracts/live";
import { isSpanMark, type Mark, placeOf } from "./marks";
import type { DecisionChange, Kept, SpanChange } from "./types";

/** What was not sent, to be copied. */
export function keptOf(key: string, mark: Mark): Kept {
  const { value } = mark;
  if (!isSpanMark(mark)) return { annotationId: key, value, status: mark.status ?? null };
  const { recordId, start, end } = mark;
  return { annotationId: placeOf(key).key, value, status: null, recordId, start, end };
}

const sameOptions = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** Whether a decision says this already; none says the same as one that was taken back. */
export const saysThat = (
  decision: Decision | null,
  { status, value, start, end, reason, together }: Omit<DecisionChange, "annotationId" | "room" | "ms">,
): boolean =>
  status === null
    ? isTakenBack(decision)
    : decision !== null &&
      !isTakenBack(decision) &&
      // One of them doesn't say it: then it follows from the value, which is the same.
      (status === undefined || decision.status === undefined || decision.status === status) &&
      sameOptions(decision.value, value) &&
      decision.reason === reason &&
      // To look at it says more than to decide it together with others.
      (together === true || decision.together === undefined) &&
      decision.start === start &&
      decision.end === end;

const isTakenBack = (decision: Decision | null): boolean => decision === null || decision.status === null;

/** Whether a span of one's own is so already; one that was taken away is where it was. */
export const spanSaysThat = (
  mark: SpanMark | null,
  { value, start, end }: Pick<SpanChange, "value" | "start" | "end">,
): boolean =>
  mark === null
    ? value.length === 0
    : sameOptions(mark.value, value) && (value.length === 0 || (mark.start === start && mark.end === end));

/** A decision as the document takes it. */
export const decisionOf = (
  { status, value, start, end, reason, ms, together }: DecisionChange,
  by: string,
  at: string,
): Decision => ({
  ...(status === undefined ? {} : { status }),
  value: [...value],
  ...(start === undefined || end === undefined ? {} : { start, end }),
  ...(reason === undefined ? {} : { reason }),
  ...(ms === undefined ? {} : { ms }),
  ...(together === undefined ? {} : { together }),
  by,
  at,
});
