import type { Decision } from "@/contracts/live";

/**
 * How changes of the same key are merged. Yjs would let the higher client id win, which nobody could explain to the
 * person who lost; so the server says what stands and writes that over whatever Yjs made of it (`settle.ts`).
 *
 * 1. Changes are judged in the order in which they arrive, each on what the ones before it left.
 * 2. The later one stands if its author knew the earlier one. That is what `base` tells: the author and time of the
 *    value that was on the screen (null: none). If something else stands by now, the change is overtaken: it is
 *    refused, its author is told, and of a decision a row of the history remains. Offline or online makes no difference.
 * 3. A change without a base asks for no such care and stands. (Programs that only write may leave it out.)
 * 4. A person's undo sets another person's decision again only if that is what their own replaced (`standing.ts`).
 * 5. The same change sent twice is one. Author and time tell one change of a key from another.
 */
export const isOvertaken = (base: Decision["base"], committed: Stamp | null): boolean => {
  if (base === undefined) return false;
  return base === null ? committed !== null : base.by !== committed?.by || base.at !== committed.at;
};

type Stamp = Pick<Decision, "by" | "at">;

/** Clocks may be wrong, but a time must be one that a database can hold. */
export function isPlausible(at: string): boolean {
  const year = new Date(at).getUTCFullYear();
  return year >= 1970 && year < 2200;
}
