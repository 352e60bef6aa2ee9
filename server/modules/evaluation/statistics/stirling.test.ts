import { describe, expect, it } from "vitest";
import { logFactorial, stirlingRemainder } from "./stirling";

/** ln k! */
function summed(k: number): number {
  let sum = 0;
  for (let factor = 2; factor <= k; factor++) sum += Math.log(factor);
  return sum;
}

describe("Stirling's formula", () => {
  it("gives the factorial's logarithm, where it is read from the factorial and where from the series", () => {
    for (const x of [0, 1, 2, 15, 16, 17, 100, 5_000])
      expect(Math.abs(logFactorial(x) - summed(x))).toBeLessThan(1e-13 * Math.max(10, summed(x)));
  });

  it("leaves the remainder that is published for 1 and 10", () => {
    expect(stirlingRemainder(1)).toBeCloseTo(0.0810614667953, 12);
    expect(stirlingRemainder(10)).toBeCloseTo(0.0083305634334, 12);
  });
});
