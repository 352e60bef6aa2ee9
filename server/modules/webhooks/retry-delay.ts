/** Tries of one message, over most of a day. */
export const MOST_TRIES = 8;

const FIRST_MS = 30_000;
const LONGEST_MS = 8 * 3_600_000;

/**
 * Milliseconds from a failed try to the next: 30 s, four times as long after each further one, 8 h at most; up to a
 * fifth more or less, so that what failed together does not come back together.
 * @param tries that have failed, from 1
 * @param random from 0 to 1
 * @returns null when there is no next try
 */
export function retryDelay(tries: number, random: number): number | null {
  if (tries >= MOST_TRIES) return null;
  return Math.round(Math.min(FIRST_MS * 4 ** (tries - 1), LONGEST_MS) * (0.8 + 0.4 * random));
}
