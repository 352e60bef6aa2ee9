/** A stretch of calls that were sent at one rate. */
export type Phase = {
  sinceMs: number;
  /** null: it is under way. */
  untilMs: number | null;
  sent: number;
  refused: number;
  /** The rate that was meant, in calls a second; null: calls were not held back. */
  rate: number | null;
  /** It tries whether the provider bears more. */
  tries: boolean;
};

/** Shorter phases, in time and in calls, say too little. */
const SHORTEST_MS = 2000;
const FEWEST_CALLS = 20;
const LONGEST_MS = 15_000;
/** Less than this share of what its rate allowed: nobody wanted more, so it measured nothing. */
const WANTED = 0.8;
/** A crowd that has just been sent counts as what a second bears. */
const CROWD_MS = 1000;

export const beginPhase = (sinceMs: number, rate: number | null, tries = false): Phase => ({
  sinceMs,
  untilMs: null,
  sent: 0,
  refused: 0,
  rate,
  tries,
});

/** A phase that stands for a rate known otherwise. */
export const knownPhase = (nowMs: number, rate: number): Phase => ({
  ...beginPhase(nowMs - 1000, rate),
  untilMs: nowMs,
  sent: rate,
});

/** How long a phase at this rate lasts. */
export const lengthOf = (rate: number | null): number =>
  Math.min(LONGEST_MS, Math.max(SHORTEST_MS, rate === null ? 0 : (FEWEST_CALLS / rate) * 1000));

/** Calls a second that were accepted, those not decided yet among them. */
export function acceptedRate({ sinceMs, untilMs, sent, refused }: Phase, nowMs: number): number {
  const lasted = untilMs === null ? Math.max(CROWD_MS, nowMs - sinceMs) : untilMs - sinceMs;
  return ((sent - refused) * 1000) / Math.max(1, lasted);
}

export const refusedShare = ({ sent, refused }: Phase): number => (sent === 0 ? 0 : refused / sent);

/** Whether as much was asked as the phase's rate allowed. */
export const wasFull = ({ rate, sinceMs, untilMs, sent }: Phase): boolean =>
  rate === null || untilMs === null || sent >= WANTED * rate * ((untilMs - sinceMs) / 1000);
