import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { type PairedCounts, pairedDifference } from "./paired-difference";

const paired = (both: number, onlyA: number, onlyB: number, neither: number): PairedCounts => ({
  both,
  onlyA,
  onlyB,
  neither,
});
const UNDEFINED = [Number.NaN, Number.NaN] as const;

/** Share of draws whose interval holds the true difference, when each row falls in the cells with these probabilities. */
function coverage(cellsOfDraw: (random: () => number) => readonly number[], n: number, seed: number): number {
  const random = seededRandom(seed);
  const draws = 4_000;
  let covered = 0;
  for (let draw = 0; draw < draws; draw++) {
    const [both = 0, onlyA = 0, onlyB = 0] = cellsOfDraw(random);
    const counts = paired(0, 0, 0, 0);
    for (let row = 0; row < n; row++) {
      const position = random();
      if (position < both) counts.both += 1;
      else if (position < both + onlyA) counts.onlyA += 1;
      else if (position < both + onlyA + onlyB) counts.onlyB += 1;
      else counts.neither += 1;
    }
    const [lower, upper] = pairedDifference(counts).interval ?? UNDEFINED;
    if (lower <= onlyA - onlyB && onlyA - onlyB <= upper) covered += 1;
  }
  return covered / draws;
}

/** Any four probabilities, each mix equally likely. */
function anyCells(random: () => number): number[] {
  const weights = Array.from({ length: 4 }, () => -Math.log(1 - random()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe("pairedDifference", () => {
  it.each([
    // Cavo et al. 2012, in Fagerland, Lydersen, Laake, "Statistical Analysis of Contingency Tables", chapter 8.
    [paired(59, 6, 16, 80), -0.0621, -0.1186, -0.0046],
    // Bentur et al. 2009, in the same chapter: three decimals.
    [paired(1, 1, 7, 12), -0.286, -0.507, -0.026],
  ])("gives the published interval of %o", (counts, difference, lower, upper) => {
    const result = pairedDifference(counts);
    expect(result.difference).toBeCloseTo(difference, 3);
    expect(result.interval?.[0]).toBeCloseTo(lower, 3);
    expect(result.interval?.[1]).toBeCloseTo(upper, 3);
  });

  it("is undefined without rows", () => {
    expect(pairedDifference(paired(0, 0, 0, 0))).toEqual({ difference: null, interval: null });
  });

  it.each([paired(-1, 2, 0, 0), paired(0.5, 0, 0.5, 0), paired(0, 0, 0, Number.NaN)])(
    "refuses %o",
    (counts) => {
      expect(() => pairedDifference(counts)).toThrow(RangeError);
    },
  );

  it("holds the difference, stays within [−1, 1] and mirrors when A and B swap", () => {
    const count = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(count, count, count, count, (both, onlyA, onlyB, neither) => {
        fc.pre(both + onlyA + onlyB + neither > 0);
        const { difference, interval } = pairedDifference(paired(both, onlyA, onlyB, neither));
        const swapped = pairedDifference(paired(both, onlyB, onlyA, neither));
        const [lower, upper] = interval ?? UNDEFINED;
        expect(lower).toBeGreaterThanOrEqual(-1);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(difference ?? Number.NaN);
        expect(upper).toBeGreaterThanOrEqual(difference ?? Number.NaN);
        expect(swapped.interval?.[0]).toBeCloseTo(-upper, 12);
        expect(swapped.interval?.[1]).toBeCloseTo(-lower, 12);
      }),
    );
  });

  it.each([20, 50, 200])("covers the true difference in about 95 %% of 4,000 samples of %i", (n) => {
    const share = coverage(anyCells, n, n);
    expect(share).toBeGreaterThan(0.94);
    expect(share).toBeLessThan(0.97);
  });

  it("covers it for two annotators who are right and wrong together, without growing too wide", () => {
    const share = coverage(() => [0.7, 0.06, 0.04, 0.2], 150, 1);
    expect(share).toBeGreaterThan(0.94);
    expect(share).toBeLessThan(0.98);
  });
});
