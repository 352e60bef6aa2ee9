import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { weightedShare } from "./weighted-share";
import { scoreInterval } from "./wilson";

describe("weightedShare", () => {
  it("gives the values worked out by hand", () => {
    // Successes of weight 1, 1 and 4, a failure of weight 2: 6/8; variance 4/3 · (0.125 + 1 + 2.25) … / 64.
    const found = weightedShare([
      { success: true, count: 3, weight: 6, squares: 18 },
      { success: false, count: 1, weight: 2, squares: 4 },
    ]);
    expect(found?.share).toBeCloseTo(0.75, 12);
    expect(found?.effectiveSize).toBeCloseTo(0.1875 / 0.0703125, 9);
    expect(found?.interval[0]).toBeCloseTo(0.2385018772, 9);
    expect(found?.interval[1]).toBeCloseTo(0.9663702225, 9);
  });

  it("is the plain share of rows that weigh the same, with the size of n − 1 rows", () => {
    const found = weightedShare([
      { success: true, count: 45, weight: 90, squares: 180 },
      { success: false, count: 5, weight: 10, squares: 20 },
    ]);
    expect(found?.share).toBeCloseTo(0.9, 12);
    expect(found?.effectiveSize).toBeCloseTo(49, 9);
  });

  it("falls back on Kish's size where all rows are of one kind, and is undefined without rows", () => {
    const found = weightedShare([{ success: true, count: 3, weight: 6, squares: 18 }]);
    expect(found).toEqual({ share: 1, effectiveSize: 2, interval: scoreInterval(1, 2) });
    expect(weightedShare([])).toBeNull();
  });

  it("is unbiased under unequal chances, where the plain share is far off, and covers the truth", () => {
    const random = seededRandom(17);
    // Labels that are likely wrong come into the sample eight times as often.
    const population = Array.from({ length: 1_500 }, (_, at) => {
      const doubtful = at % 5 === 0;
      return { right: random() < (doubtful ? 0.4 : 0.95), chance: doubtful ? 0.4 : 0.05 };
    });
    const truth = population.filter(({ right }) => right).length / population.length;
    const draws = 2_000;
    let [covered, sum, plain] = [0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const drawn = population.filter(({ chance }) => random() < chance);
      const rows = drawn.map(({ right, chance }) => ({
        success: right,
        count: 1,
        weight: 1 / chance,
        squares: 1 / chance ** 2,
      }));
      const found = weightedShare(rows);
      const [low, high] = found?.interval ?? [1, 0];
      if (low <= truth && truth <= high) covered += 1;
      sum += found?.share ?? Number.NaN;
      plain += drawn.filter(({ right }) => right).length / drawn.length;
    }
    expect(Math.abs(sum / draws - truth)).toBeLessThan(0.005);
    expect(plain / draws).toBeLessThan(truth - 0.15);
    expect(covered / draws).toBeGreaterThan(0.935);
    expect(covered / draws).toBeLessThan(0.985);
  });
});
