import type { RateHint } from "@/server/platform/llm";
import { createGrantedBudget } from "./granted-budget";
import { createLearnedRate } from "./learned-rate";

/**
 * When the next call to one provider may be sent: pure, with the time as an argument. `Retry-After` comes first, then
 * what the headers grant, then the rate that was measured.
 */
export type RateControl = {
  /** Milliseconds until a call may be sent; 0: now. @param inFlight calls on their way */
  waitMs(nowMs: number, inFlight: number): number;
  sent(nowMs: number): void;
  /** A call ended otherwise than by being asked to slow down. */
  ended(nowMs: number, rate: RateHint | null | undefined, tokens: number | null): void;
  /** @param retryAfterMs what the provider asked for, if it did */
  refused(
    nowMs: number,
    sentMs: number,
    retryAfterMs: number | null,
    rate: RateHint | null | undefined,
  ): void;
  /** No call before this time. */
  pauseUntil(timeMs: number): void;
  isPaused(nowMs: number): boolean;
};

/** Calls may make up for a timer that came late. */
const MAKE_UP_MS = 15;
/** While everything is refused there are single tries, the rarer the longer it takes. */
const TRY_SHARE = 0.2;
const SHORTEST_TRY_MS = 250;
const LONGEST_TRY_MS = 10_000;

export function createRateControl(): RateControl {
  const learned = createLearnedRate();
  const granted = createGrantedBudget();
  let nextAt = 0;
  let lastSentAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = 0;

  /** Milliseconds between two calls. */
  function gapAt(now: number, inFlight: number): number {
    const rates = [learned.current(), granted.at(now, inFlight)].filter((rate) => rate !== null);
    return rates.length === 0 ? 0 : 1000 / Math.min(...rates);
  }

  return {
    waitMs(now, inFlight) {
      if (now < pausedUntil) return pausedUntil - now;
      if (learned.shutForMs(now) !== null && inFlight > 0) return LONGEST_TRY_MS;
      const grant = granted.at(now, inFlight);
      if (grant === 0) return granted.untilMs() - now;
      // The rate may have risen since the last call was sent.
      return Math.max(0, Math.min(nextAt, lastSentAt + gapAt(now, inFlight)) - now);
    },
    sent(now) {
      nextAt = Math.max(Math.min(nextAt, now), now - MAKE_UP_MS) + gapAt(now, 0);
      lastSentAt = now;
      learned.sent(now);
    },
    ended(now, rate, tokens) {
      learned.ended(now);
      granted.note(now, rate, tokens);
    },
    refused(now, sentMs, retryAfterMs, rate) {
      granted.note(now, rate, null);
      learned.refused(now, sentMs, retryAfterMs);
      const shut = learned.shutForMs(now);
      if (shut !== null)
        pausedUntil = Math.max(
          pausedUntil,
          now + Math.min(LONGEST_TRY_MS, Math.max(SHORTEST_TRY_MS, shut * TRY_SHARE)),
        );
    },
    pauseUntil(timeMs) {
      pausedUntil = Math.max(pausedUntil, timeMs);
    },
    isPaused: (now) => now < pausedUntil,
  };
}
