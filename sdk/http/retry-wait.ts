import type { TandemError } from "../tandem-error";

/** A server that asks for more is told to the caller instead of waited for. */
const LONGEST_WAIT_MS = 120_000;
const FIRST_WAIT_MS = 200;
const LONGEST_OWN_WAIT_MS = 5_000;

/** Answers of whatever stands before Tandem while it starts again. */
const AWAY = new Set([502, 503, 504]);

export type Repeatable = {
  /** Asking twice does what asking once does: a read, a PUT, or a POST under an Idempotency-Key. */
  isSafe: boolean;
  /** It goes under an Idempotency-Key. */
  isKeyed: boolean;
  /** Its body can be sent again. */
  hasBody: boolean;
};

/**
 * How long to wait before a call is made again.
 * @param tried calls that failed so far, this one included
 * @param random from 0 to 1: many programs that were cut off at once do not come back at once
 * @returns milliseconds; null: it is not made again
 */
export function retryWait(
  { status, retryAfter }: TandemError,
  { isSafe, isKeyed, hasBody }: Repeatable,
  tried: number,
  random = Math.random(),
): number | null {
  if (!hasBody) return null;
  // Whoever is refused for asking too often has done nothing yet, whatever was asked.
  const isRefused = status === 429;
  // The first try of a keyed call still runs: its answer is the one that was lost.
  const isRunning = status === 409 && isKeyed && retryAfter !== null;
  const isLost = isSafe && (status === 0 || AWAY.has(status));
  if (!isRefused && !isRunning && !isLost) return null;
  if (retryAfter !== null) return retryAfter * 1000 > LONGEST_WAIT_MS ? null : retryAfter * 1000;
  const most = Math.min(LONGEST_OWN_WAIT_MS, FIRST_WAIT_MS * 2 ** (tried - 1));
  return most * (0.5 + random / 2);
}
