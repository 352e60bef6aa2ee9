import type { Change } from "@/components/saving/undo-stack";
import type { Decision } from "@/contracts/live";
import { isSpanMark, type Mark } from "./marks";

/**
 * The decision that makes `before` stand again: another person's is restored under their name, one's own is
 * decided anew, nothing is a verdict taken back.
 */
export function decisionToRestore(before: Decision | null, me: string, at: string): Decision {
  if (!before || before.status === null) return { status: null, value: [], by: me, at };
  // The time that was worked on it is told once.
  const { base: _, restoredBy: __, ms: ___, ...said } = before;
  return before.by === me ? { ...said, at } : { ...said, restoredBy: me };
}

/**
 * What undoes one change: of a span, which is always one's own, what it was before, or one that was taken away.
 * @param at when it is undone
 */
export function markToRestore(
  { before, after }: Pick<Change<Mark>, "before" | "after">,
  me: string,
  at: string,
): Mark {
  if (!isSpanMark(after)) return decisionToRestore(before && !isSpanMark(before) ? before : null, me, at);
  const { base: _, ...said } = before && isSpanMark(before) ? before : { ...after, value: [] };
  return { ...said, at };
}
