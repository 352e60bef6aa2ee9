import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultPace, outageDelay, retryDelay } from "./back-off";

const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

it("begins within a second, doubles, and never waits longer than half a minute by itself", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), random, (tries, draw) => {
      const delay = retryDelay(tries, null, defaultPace, draw);
      const whole = Math.min(1000 * 2 ** (tries - 1), 30_000);
      expect(delay).toBeGreaterThan(0);
      expect(delay).toBeLessThanOrEqual(whole);
    }),
  );
});

it("waits as long as the provider asks, up to a minute", () => {
  expect(retryDelay(1, 7000, defaultPace, 0)).toBe(7000);
  expect(retryDelay(1, 3_600_000, defaultPace, 0)).toBe(60_000);
  expect(retryDelay(6, 10, defaultPace, 0)).toBe(30_000);
});

it("tries a provider that is down at least every half minute", () => {
  expect([0, 1, 2, 3, 50].map((tries) => outageDelay(tries, defaultPace))).toEqual([
    5000, 10_000, 20_000, 30_000, 30_000,
  ]);
});
