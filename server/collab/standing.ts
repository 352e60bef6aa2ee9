import type { Decision } from "@/contracts/live";
import { type ReplacedVerdict, sameOptions, tellsOutcome } from "@/server/modules/verification";

/** A decision that once stood, and may be set again under its author's name. */
export type Standing = Pick<
  Decision,
  "by" | "status" | "value" | "start" | "end" | "reason" | "together" | "at"
>;

/** What is known of a label when a decision about it is judged. */
export type KeyState = {
  /** What stands. */
  committed: Decision | null;
  /** What stands again, the last first, when those whose words stand take them back one after the other. */
  below: readonly Standing[];
  /** All that was said of it, what was taken back too, as far as it was read. */
  said: readonly Standing[];
};

/**
 * What would stand below what stands, as the history tells: of a person's words in a row only the last counts, and a
 * word that was set again ends all that came after it.
 * @param rows that count, oldest first; the last is what stands
 */
function standingBelow(rows: readonly ReplacedVerdict[]): Standing[] {
  const stack: Standing[] = [];
  for (const row of rows) {
    const one = asDecision(row);
    const place = row.restoredById === null ? -1 : stack.findLastIndex((below) => isWordOf(below, one));
    if (place >= 0) stack.length = place + 1;
    else if (stack.at(-1)?.by === one.by) stack[stack.length - 1] = one;
    else stack.push(one);
  }
  return stack.slice(0, -1);
}

/** What the history of a label tells. @param rows as in {@link standingBelow} */
export const readHistory = (rows: readonly ReplacedVerdict[]): Omit<KeyState, "committed"> => ({
  below: standingBelow(rows),
  said: rows.map(asDecision),
});

export const NO_HISTORY: Omit<KeyState, "committed"> = { below: [], said: [] };

/** The same after one more decision was accepted. */
export function afterDecision({ committed, below, said }: KeyState, next: Decision): KeyState {
  const state = { committed: next, said: [...said, next] };
  if (isRestore(next)) return { ...state, below: below.slice(0, -1) };
  const covers = committed !== null && committed.by !== next.by;
  return { ...state, below: covers ? [...below, committed] : below };
}

/** Whether a decision sets another person's earlier one again. */
export const isRestore = ({ by, restoredBy }: Decision): boolean =>
  restoredBy !== undefined && restoredBy !== by;

/**
 * Whether `given` says what `earlier` said, under the same name. A person who says the same again later makes no
 * second row, so the time may be a later one.
 */
export const isWordOf = (earlier: Standing, given: Standing): boolean =>
  earlier.by === given.by &&
  (earlier.status === given.status || (given.status === undefined && tellsOutcome(earlier.status))) &&
  earlier.reason === given.reason &&
  earlier.together === given.together &&
  earlier.start === given.start &&
  earlier.end === given.end &&
  new Date(earlier.at).getTime() <= new Date(given.at).getTime() &&
  sameOptions(earlier.value, given.value);

/** A row of the history as the document would hold it. */
const asDecision = ({
  verifierId,
  status,
  value,
  start,
  end,
  reason,
  together,
  decidedAt,
}: ReplacedVerdict): Standing => ({
  by: verifierId,
  status,
  value,
  ...(start === null || end === null ? {} : { start, end }),
  ...(reason === null ? {} : { reason }),
  ...(together ? { together } : {}),
  at: decidedAt.toISOString(),
});
