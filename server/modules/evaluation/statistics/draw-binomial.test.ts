import { describe, expect, it } from "vitest";
import { drawBinomial } from "./draw-binomial";
import { seededGenerator } from "./seeded-generator";

/** ln k! */
function logFactorial(k: number): number {
  let sum = 0;
  for (let factor = 2; factor <= k; factor++) sum += Math.log(factor);
  return sum;
}
const chance = (n: number, k: number, p: number) =>
  Math.exp(
    logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p),
  );

describe("drawBinomial", () => {
  // One more than twice as many draws by counting up, by rejection, and on either side of a half.
  it.each([
    [5, 0.3],
    [40, 0.1],
    [40, 0.3],
    [40, 0.8],
    [300, 0.5],
    [2_000, 0.99],
  ])("of %i trials with chance %d has the binomial distribution", (n, p) => {
    const random = seededGenerator(n);
    const draws = 30_000;
    const seen = new Map<number, number>();
    for (let draw = 0; draw < draws; draw++) {
      const k = drawBinomial(random, n, p);
      seen.set(k, (seen.get(k) ?? 0) + 1);
    }
    let [square, cells, rest, restSeen] = [0, 0, 1, draws];
    for (let k = 0; k <= n; k++) {
      const expected = draws * chance(n, k, p);
      if (expected < 10) continue;
      const found = seen.get(k) ?? 0;
      square += (found - expected) ** 2 / expected;
      cells++;
      rest -= expected / draws;
      restSeen -= found;
    }
    // χ² within four deviations of its mean; nearly nothing beyond the cells.
    expect(square).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
    expect(Math.abs(restSeen - draws * rest)).toBeLessThan(5 * Math.sqrt(draws * rest + 1));
  });

  it("knows the ends", () => {
    const random = seededGenerator(1);
    expect([drawBinomial(random, 0, 0.4), drawBinomial(random, 9, 0), drawBinomial(random, 9, 1)]).toEqual([
      0, 0, 9,
    ]);
  });
});
