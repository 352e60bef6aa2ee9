import { expect, it } from "vitest";
import { MOST_TRIES, retryDelay } from "./retry-delay";

const tries = Array.from({ length: MOST_TRIES }, (_, at) => at + 1);

it("grows fourfold from half a minute to eight hours, and ends after eight tries", () => {
  const seconds = tries
    .map((failed) => retryDelay(failed, 0.5))
    .map((ms) => (ms === null ? null : ms / 1000));
  expect(seconds).toEqual([30, 120, 480, 1920, 7680, 28_800, 28_800, null]);
});

it("keeps trying for most of a day, whatever the chance", () => {
  for (const random of [0, 1]) {
    const hours = tries.reduce((sum, failed) => sum + (retryDelay(failed, random) ?? 0), 0) / 3_600_000;
    expect(hours).toBeGreaterThan(14);
    expect(hours).toBeLessThan(24);
  }
  expect(retryDelay(1, 0)).toBe(24_000);
  expect(retryDelay(1, 1)).toBe(36_000);
});
