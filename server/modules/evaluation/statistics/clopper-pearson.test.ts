import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { clopperPearsonUpper } from "./clopper-pearson";

/** P(X ≤ k) summed from its definition, in another way than the function does. */
function tailBySum(k: number, n: number, p: number): number {
  let logChoose = 0;
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    if (i > 0) logChoose += Math.log((n - i + 1) / i);
    sum += Math.exp(logChoose + i * Math.log(p) + (n - i) * Math.log1p(-p));
  }
  return sum;
}

describe("clopperPearsonUpper", () => {
  it.each([
    [0.05, 0, 59],
    [0.05, 1, 93],
    [0.05, 2, 124],
    [0.02, 0, 149],
    [0.02, 1, 236],
    [0.02, 2, 313],
    [0.01, 0, 299],
  ])("is at most %d at 95 %% for %i errors from %i rows on, and not before", (epsilon, errors, rows) => {
    expect(clopperPearsonUpper(errors, rows, 0.05)).toBeLessThanOrEqual(epsilon);
    expect(clopperPearsonUpper(errors, rows - 1, 0.05)).toBeGreaterThan(epsilon);
  });

  it.each([
    // The upper ends of two-sided 95 % intervals as the literature gives them.
    [1, 10, 0.025, 0.445],
    [5, 10, 0.025, 0.8129],
    [10, 100, 0.025, 0.1762],
    [0, 10, 0.025, 0.3085],
  ])("gives the known bound of %i of %i", (successes, n, alpha, bound) => {
    expect(clopperPearsonUpper(successes, n, alpha)).toBeCloseTo(bound, 4);
  });

  it("is where so few come up with probability alpha", () => {
    const counts = fc
      .integer({ min: 2, max: 3000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: Math.min(n - 1, 60) }), fc.constant(n)));
    fc.assert(
      fc.property(counts, fc.constantFrom(0.01, 0.05, 0.1, 0.4), ([successes, n], alpha) => {
        const bound = clopperPearsonUpper(successes, n, alpha);
        expect(bound).toBeGreaterThan(successes / n);
        expect(bound).toBeLessThan(1);
        expect(tailBySum(successes, n, bound) / alpha).toBeCloseTo(1, 7);
      }),
    );
  });

  it("stays exact for a million rows", () => {
    // There the binomial is close to normal: p + z √(p (1 − p) / n), with Wilson's shift of the centre.
    expect(clopperPearsonUpper(20_000, 1_000_000, 0.05)).toBeCloseTo(0.020_231_5, 6);
  });

  it("knows nothing without rows, nor when all are wrong", () => {
    expect([clopperPearsonUpper(0, 0, 0.05), clopperPearsonUpper(7, 7, 0.05)]).toEqual([1, 1]);
  });

  it.each([
    [-1, 5, 0.05],
    [6, 5, 0.05],
    [0.5, 5, 0.05],
    [1, 5, 0],
    [1, 5, 1],
    [1, 5, Number.NaN],
  ])("refuses %d of %d at %d", (successes, n, alpha) => {
    expect(() => clopperPearsonUpper(successes, n, alpha)).toThrow(RangeError);
  });

  it("covers the truth in at least 95 % of 4,000 samples", () => {
    const random = seededRandom(59);
    const draws = 4_000;
    let covered = 0;
    for (let draw = 0; draw < draws; draw++) {
      const truth = 0.3 * random();
      const n = 20 + Math.floor(random() * 200);
      let successes = 0;
      for (let trial = 0; trial < n; trial++) if (random() < truth) successes += 1;
      if (truth <= clopperPearsonUpper(successes, n, 0.05)) covered += 1;
    }
    expect(covered / draws).toBeGreaterThanOrEqual(0.95);
    expect(covered / draws).toBeLessThan(0.985);
  });
});
