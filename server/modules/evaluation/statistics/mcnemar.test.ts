import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { mcnemarExactP } from "./mcnemar";

/** The same p from whole numbers of any size, without a logarithm. */
function exactByCounting(onlyA: number, onlyB: number): number {
  const n = onlyA + onlyB;
  let ways = 1n;
  let tail = 0n;
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) {
    tail += ways;
    ways = (ways * BigInt(n - k)) / BigInt(k + 1);
  }
  const scale = 10n ** 40n;
  return Math.min(1, Number((2n * tail * scale) / 2n ** BigInt(n)) / 1e40);
}

describe("mcnemarExactP", () => {
  it.each([
    // Bentur et al. 2009, in Fagerland, Lydersen, Laake (2014): 2·(1 + 8) / 2⁸.
    [1, 7, 0.0703125],
    [0, 5, 0.0625],
    [0, 6, 0.03125],
    // Summed with 60 decimal digits.
    [4_400, 5_000, 6.399930988455682e-10],
    [498_500, 501_500, 0.0027086553060597569],
  ])("of %i against %i is %d", (onlyA, onlyB, p) => {
    expect(mcnemarExactP(onlyA, onlyB) / p).toBeCloseTo(1, 10);
  });

  it("is 1 when nothing is discordant, and when the discordant rows split evenly", () => {
    for (const count of [0, 1, 7, 1_000, 1_000_000]) {
      expect(mcnemarExactP(count, count)).toBe(1);
      expect(mcnemarExactP(count, count + 1)).toBe(1);
    }
  });

  it("equals exact counting", () => {
    const count = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(count, count, (onlyA, onlyB) => {
        const expected = exactByCounting(onlyA, onlyB);
        fc.pre(expected > 1e-25);
        expect(mcnemarExactP(onlyA, onlyB) / expected).toBeCloseTo(1, 12);
      }),
    );
  });

  it("is symmetric, a probability, and falls as the split grows more uneven", () => {
    const count = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(count, count, (onlyA, onlyB) => {
        const p = mcnemarExactP(onlyA, onlyB);
        expect(p).toBe(mcnemarExactP(onlyB, onlyA));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        const [fewer, more] = [Math.min(onlyA, onlyB), Math.max(onlyA, onlyB)];
        if (fewer > 0) expect(mcnemarExactP(fewer - 1, more + 1)).toBeLessThanOrEqual(p);
      }),
    );
  });

  it.each([
    [-1, 2],
    [0.5, 2],
    [2, Number.NaN],
  ])("refuses %d against %d", (onlyA, onlyB) => {
    expect(() => mcnemarExactP(onlyA, onlyB)).toThrow(RangeError);
  });

  it("rejects a true null hypothesis in at most 5 % of 4,000 simulated comparisons, a false one nearly always", () => {
    const random = seededRandom(5);
    const rejectionRate = (probabilityA: number) => {
      const draws = 4_000;
      let rejected = 0;
      for (let draw = 0; draw < draws; draw++) {
        let onlyA = 0;
        for (let row = 0; row < 60; row++) if (random() < probabilityA) onlyA += 1;
        if (mcnemarExactP(onlyA, 60 - onlyA) < 0.05) rejected += 1;
      }
      return rejected / draws;
    };
    expect(rejectionRate(0.5)).toBeLessThanOrEqual(0.05);
    expect(rejectionRate(0.5)).toBeGreaterThan(0.01);
    expect(rejectionRate(0.75)).toBeGreaterThan(0.9);
  });
});
