import type { RateHint } from "@/server/platform/llm";
import { seededRandom } from "@/server/testing/seeded-random";
import type { RateControl } from "../rate-control";

/** Whether a provider that enforces a limit takes a call at this time, and what it says beside. */
export type Limiter = (nowMs: number) => { taken: boolean; retryAfterMs?: number; rate?: RateHint };

export type Simulation = {
  control: RateControl;
  limiter: Limiter;
  /** Calls at a time at most. */
  lanes: number;
  latencyMs: number;
  seconds: number;
  seed?: number;
  /** How late a timer may come, milliseconds. */
  jitterMs?: number;
};

/** What became of each call, at the time when it reached the provider. */
export type SimulatedCall = { atMs: number; taken: boolean };

/** Lanes that ask a provider one call after another, with a clock that is not real. */
export function simulate({
  control,
  limiter,
  lanes,
  latencyMs,
  seconds,
  seed = 1,
  jitterMs = 2,
}: Simulation): SimulatedCall[] {
  const random = seededRandom(seed);
  const calls: SimulatedCall[] = [];
  const agenda: { atMs: number; order: number; act: (nowMs: number) => void }[] = [];
  let order = 0;
  let inFlight = 0;
  let waiting = lanes;
  let timerAt = Number.POSITIVE_INFINITY;
  const plan = (atMs: number, act: (nowMs: number) => void) => {
    order += 1;
    agenda.push({ atMs, order, act });
  };

  function open(now: number): void {
    while (waiting > 0) {
      const wait = control.waitMs(now, inFlight);
      if (wait > 0) {
        const at = now + wait + random() * jitterMs;
        if (at >= timerAt) return;
        timerAt = at;
        plan(at, (time) => {
          if (time >= timerAt) timerAt = Number.POSITIVE_INFINITY;
          open(time);
        });
        return;
      }
      waiting -= 1;
      inFlight += 1;
      control.sent(now);
      plan(now + random() * jitterMs, (arrived) => arrive(arrived, now));
    }
  }

  function arrive(now: number, sentMs: number): void {
    const { taken, retryAfterMs, rate } = limiter(now);
    calls.push({ atMs: now, taken });
    plan(now + (taken ? latencyMs * (0.5 + random()) : jitterMs), (time) => {
      inFlight -= 1;
      if (taken) control.ended(time, rate, null);
      else {
        control.refused(time, sentMs, retryAfterMs ?? null, rate);
        if (retryAfterMs !== undefined) control.pauseUntil(time + retryAfterMs);
      }
      waiting += 1;
      open(time);
    });
  }

  plan(0, open);
  while (agenda.length > 0) {
    agenda.sort((a, b) => b.atMs - a.atMs || b.order - a.order);
    const next = agenda.pop();
    if (!next || next.atMs > seconds * 1000) break;
    next.act(next.atMs);
  }
  return calls;
}

type Said = { retryAfterMs?: number };

/** So many calls in each window of the clock. */
export function fixedWindow(limit: number, windowMs: number, said: Said = {}, headers = false): Limiter {
  let window = -1;
  let used = 0;
  return (now) => {
    const current = Math.floor(now / windowMs);
    if (current !== window) used = 0;
    window = current;
    const taken = used < limit;
    if (taken) used += 1;
    const rate = headers ? hint(limit, limit - used, (current + 1) * windowMs - now) : undefined;
    return { taken, ...(taken ? {} : said), ...(rate ? { rate } : {}) };
  };
}

/** So many calls within any time as long as the window. */
export function slidingWindow(limit: number, windowMs: number, said: Said = {}): Limiter {
  const times: number[] = [];
  return (now) => {
    while ((times[0] ?? now) <= now - windowMs) times.shift();
    const taken = times.length < limit;
    if (taken) times.push(now);
    return { taken, ...(taken ? {} : said) };
  };
}

/** Calls are granted one by one, and kept up to a number. */
export function tokenBucket(aSecond: number, most: number, said: Said = {}, headers = false): Limiter {
  let kept = most;
  let last = 0;
  return (now) => {
    kept = Math.min(most, kept + ((now - last) / 1000) * aSecond);
    last = now;
    const taken = kept >= 1;
    if (taken) kept -= 1;
    const rate = headers ? hint(most, Math.floor(kept), ((most - kept) / aSecond) * 1000) : undefined;
    return { taken, ...(taken ? {} : said), ...(rate ? { rate } : {}) };
  };
}

const hint = (limit: number, remaining: number, resetMs: number): RateHint => ({
  limitRequests: limit,
  remainingRequests: remaining,
  resetMs: Math.ceil(resetMs),
  limitTokens: null,
  remainingTokens: null,
  tokensResetMs: null,
});
