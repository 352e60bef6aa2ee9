/** How long a job waits between tries; a test makes it fast. */
export type Pace = {
  /** Milliseconds before the second try of an item. */
  firstRetryMs: number;
  longestRetryMs: number;
  /** What a provider asks for by `Retry-After` is honoured up to this. */
  longestRetryAfterMs: number;
  /** Calls in a row without an answer, or milliseconds of that, that make an outage. */
  outageCalls: number;
  outageMs: number;
  /** The first and the longest wait between two tries during an outage. */
  firstOutageRetryMs: number;
  longestOutageRetryMs: number;
  /** The shortest and the longest wait between two looks at a batch. */
  firstLookMs: number;
  longestLookMs: number;
  /** A batch that the provider does not list so long after it was handed in never came to be. */
  listedWithinMs: number;
};

export const defaultPace: Pace = {
  firstRetryMs: 1000,
  longestRetryMs: 30_000,
  longestRetryAfterMs: 60_000,
  outageCalls: 20,
  outageMs: 30_000,
  firstOutageRetryMs: 5000,
  longestOutageRetryMs: 30_000,
  firstLookMs: 10_000,
  longestLookMs: 300_000,
  listedWithinMs: 60_000,
};

/**
 * Milliseconds before an item is tried again after `tries` failures: at random up to a time that doubles (full jitter:
 * items that failed together spread over all of it), and never before what the provider asked for.
 * @param random from [0, 1)
 */
export function retryDelay(tries: number, retryAfterMs: number | null, pace: Pace, random: number): number {
  const doubled = Math.min(pace.firstRetryMs * 2 ** Math.min(tries - 1, 30), pace.longestRetryMs);
  const asked = Math.min(retryAfterMs ?? 0, pace.longestRetryAfterMs);
  return Math.max(doubled * (1 - random), asked);
}

/** Milliseconds until a provider that is down is tried again, after `tries` vain tries. */
export function outageDelay(tries: number, pace: Pace): number {
  return Math.min(pace.firstOutageRetryMs * 2 ** Math.min(tries, 30), pace.longestOutageRetryMs);
}

/** Milliseconds until a batch is looked at again: a tenth of the time that it has taken so far. */
export function lookDelay(takenMs: number, pace: Pick<Pace, "firstLookMs" | "longestLookMs">): number {
  return Math.min(Math.max(takenMs / 10, pace.firstLookMs), pace.longestLookMs);
}
