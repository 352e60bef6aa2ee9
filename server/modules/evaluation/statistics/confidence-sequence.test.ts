import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { confidenceSequence } from "./confidence-sequence";
import { sampleInterval } from "./sample-interval";
import { drawSample } from "./testing/draw-sample";

/** C(n, k), exactly. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let found = 1n;
  for (let i = 1; i <= k; i++) found = (found * BigInt(n - k + i)) / BigInt(i);
  return found;
}

describe("confidenceSequence", () => {
  it.each([
    [9, 10, 100, 48, 99],
    [0, 20, 50, 0, 10],
    [1, 1, 2, 1, 2],
    [59, 59, 1_000, 891, 1_000],
    [45, 50, 10_000, 7_128, 9_841],
    // 2 · 1/40 is α itself.
    [0, 1, 40, 0, 39],
  ])("of %i in %i of %i reaches from %i to %i", (successes, n, population, least, most) => {
    expect(confidenceSequence(successes, n, population)).toEqual([least / population, most / population]);
  });

  it("holds exactly the totals under which the draws are not too unlikely", () => {
    const draws = fc
      .integer({ min: 1, max: 40 })
      .chain((population) => fc.integer({ min: 1, max: population }).map((n) => ({ population, n })))
      .chain((drawn) => fc.nat(drawn.n).map((s) => ({ ...drawn, s })));
    fc.assert(
      fc.property(draws, ({ population, n, s }) => {
        const holding = Array.from({ length: population + 1 }, (_, K) => K).filter(
          (K) => 20n * BigInt(n + 1) * choose(K, s) * choose(population - K, n - s) >= choose(population, n),
        );
        const [low, high] = confidenceSequence(s, n, population);
        expect([Math.round(low * population), Math.round(high * population)]).toEqual([
          holding[0],
          holding.at(-1),
        ]);
      }),
    );
  });

  it("says nothing before the first draw, all after the last, and is wider than the interval for one n", () => {
    expect(confidenceSequence(0, 0, 10)).toEqual([0, 1]);
    expect(confidenceSequence(7, 10, 10)).toEqual([0.7, 0.7]);
    const [low, high] = confidenceSequence(900, 1_000, 1_000_000);
    const [lower, upper] = sampleInterval(900, 1_000, 1_000_000) ?? [1, 0];
    expect(low).toBeLessThan(lower);
    expect(high).toBeGreaterThan(upper);
    expect(high - low).toBeLessThan(0.08);
  });

  it("refuses what is no sample", () => {
    expect(() => confidenceSequence(1, 5, 4)).toThrow(RangeError);
    expect(() => confidenceSequence(3, 2, 9)).toThrow(RangeError);
    expect(() => confidenceSequence(0, 0, 0)).toThrow(RangeError);
  });

  it("misses the truth at any n at all in at most 5 % of 1,500 series that are looked at after each draw", () => {
    const random = seededRandom(3);
    const population = Array.from({ length: 120 }, (_, at) => at < 96);
    const runs = 1_500;
    let missed = 0;
    let missedByWilson = 0;
    for (let run = 0; run < runs; run++) {
      const series = drawSample(population, 120, random);
      let successes = 0;
      let [isOut, isOutOfWilson] = [false, false];
      for (const [at, success] of series.entries()) {
        if (success) successes += 1;
        const [low, high] = confidenceSequence(successes, at + 1, 120);
        const [lower, upper] = sampleInterval(successes, at + 1, 120) ?? [0, 1];
        isOut ||= 0.8 < low || 0.8 > high;
        isOutOfWilson ||= 0.8 < lower || 0.8 > upper;
      }
      if (isOut) missed += 1;
      if (isOutOfWilson) missedByWilson += 1;
    }
    expect(missed / runs).toBeLessThanOrEqual(0.05);
    expect(missed).toBeGreaterThan(0);
    // An interval for one n does not survive being watched.
    expect(missedByWilson / runs).toBeGreaterThan(0.2);
  });
});
