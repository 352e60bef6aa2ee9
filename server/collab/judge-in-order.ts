import type { Refused, RefusedIntent } from "./group-refusals";
import type { Intent } from "./parse-update";

/** How often spans may each take the place that the next one leaves; nobody makes a longer chain by hand. */
const MAX_PASSES = 10;

/**
 * Judges the values of one update in their order. A span whose place is still another's is judged again after the
 * rest: the other one may have moved in the same update.
 * @param judge null: the value was accepted
 * @returns what was refused
 */
export function judgeInOrder(
  intents: readonly Intent[],
  judge: (intent: Intent) => Refused | null,
): RefusedIntent[] {
  const refusals: RefusedIntent[] = [];
  let left = intents;
  for (let pass = 1; left.length > 0; pass++) {
    const before = left.length;
    const crowded: RefusedIntent[] = [];
    for (const intent of left) {
      const refused = judge(intent);
      if (refused) (refused.code === "duplicate" ? crowded : refusals).push({ intent, refused });
    }
    const isLast = crowded.length === before || pass === MAX_PASSES;
    if (isLast) refusals.push(...crowded);
    left = isLast ? [] : crowded.map(({ intent }) => intent);
  }
  return refusals;
}
