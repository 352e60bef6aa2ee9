import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { createRateControl } from "./rate-control";
import {
  fixedWindow,
  type Limiter,
  type SimulatedCall,
  simulate,
  slidingWindow,
  tokenBucket,
} from "./testing/simulate-provider";

/** What came of the calls after the first half minute. */
function afterSearch(calls: readonly SimulatedCall[], seconds: number) {
  const late = calls.filter(({ atMs }) => atMs > 30_000);
  const taken = late.filter((call) => call.taken).length;
  return { aSecond: taken / (seconds - 30), refused: (late.length - taken) / late.length };
}

const SECONDS = 120;
const pause = { retryAfterMs: 1000 };
const limiters: [string, (aSecond: number) => Limiter][] = [
  ["in each second", (n) => fixedWindow(n, 1000)],
  ["in each second, with Retry-After", (n) => fixedWindow(n, 1000, pause)],
  ["in each second, with headers", (n) => fixedWindow(n, 1000, {}, true)],
  ["within any second", (n) => slidingWindow(n, 1000)],
  ["within any second, with Retry-After", (n) => slidingWindow(n, 1000, pause)],
  ["one by one, kept for a second", (n) => tokenBucket(n, n)],
  ["one by one, kept for a second, with Retry-After", (n) => tokenBucket(n, n, pause)],
  ["one by one, kept for ten seconds, with headers", (n) => tokenBucket(n, 10 * n, {}, true)],
  ["in ten seconds, with headers", (n) => fixedWindow(10 * n, 10_000, {}, true)],
  ["in ten seconds, with headers and Retry-After", (n) => fixedWindow(10 * n, 10_000, pause, true)],
];

describe.each(limiters)("a provider that grants calls %s", (_name, limiter) => {
  it.each([
    [5, 32, 50],
    [20, 8, 10],
    [50, 64, 300],
    [200, 32, 50],
  ])("gets 90 %% of its %i a second, and refuses 5 %% at most", (aSecond, lanes, latencyMs) => {
    const control = createRateControl();
    const calls = simulate({ control, limiter: limiter(aSecond), lanes, latencyMs, seconds: SECONDS });
    const found = afterSearch(calls, SECONDS);
    expect(found.aSecond).toBeGreaterThanOrEqual(0.9 * aSecond);
    expect(found.refused).toBeLessThanOrEqual(0.05);
  });
});

it("finds a limit that was raised, and one that was lowered", () => {
  const [low, high] = [fixedWindow(20, 1000), fixedWindow(60, 1000)];
  const changing =
    (first: Limiter, then: Limiter): Limiter =>
    (now) =>
      now < 40_000 ? first(now) : then(now);
  const run = (limiter: Limiter) =>
    simulate({ control: createRateControl(), limiter, lanes: 32, latencyMs: 50, seconds: 260 });
  const atEnd = (calls: SimulatedCall[]) =>
    calls.filter(({ atMs, taken }) => taken && atMs > 250_000).length / 10;
  expect(atEnd(run(changing(low, high)))).toBeGreaterThan(50);
  expect(atEnd(run(changing(high, low)))).toBeGreaterThan(18);
});

it("asks on at half the rate after a few calls of which none was accepted yet", () => {
  const control = createRateControl();
  for (const at of [0, 1, 2, 3]) control.sent(at);
  for (const at of [10, 11, 12, 13]) control.refused(at, at - 10, null, null);
  const gaps = [3000, 14_000, 30_000].map((at) => {
    control.sent(at);
    control.refused(at + 1, at, null, null);
    // Calls may make up for 15 ms of a timer that came late.
    return control.waitMs(at + 1, 0) + 1 + 15;
  });
  expect(gaps).toEqual([200, 400, 800]);
});

it("is not slowed down for good by refusals that have nothing to do with the rate", () => {
  const random = seededRandom(5);
  const run = (share: number) =>
    simulate({
      control: createRateControl(),
      limiter: () => ({ taken: random() >= share }),
      lanes: 8,
      latencyMs: 10,
      seconds: 20,
    }).length;
  const free = run(0);
  expect(run(0.02)).toBeGreaterThan(0.8 * free);
  expect(run(0.05)).toBeGreaterThan(0.5 * free);
  expect(run(0.1)).toBeGreaterThan(0.3 * free);
});

it("sends nothing while the provider wants none, and single tries while it refuses everything", () => {
  const control = createRateControl();
  control.sent(0);
  control.pauseUntil(5000);
  expect(control.waitMs(1000, 0)).toBe(4000);
  expect(control.waitMs(5000, 0)).toBe(0);
  const calls = simulate({
    control: createRateControl(),
    limiter: (now) => ({ taken: now < 500 || now > 90_000 }),
    lanes: 16,
    latencyMs: 20,
    seconds: 120,
  });
  expect(calls.filter(({ atMs }) => atMs > 5000 && atMs <= 90_000).length).toBeLessThan(30);
  expect(calls.filter(({ atMs, taken }) => taken && atMs > 100_000).length).toBeGreaterThan(500);
});
