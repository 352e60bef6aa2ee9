import { describe, expect, it } from "vitest";
import { seededGenerator } from "./seeded-generator";

describe("seededGenerator", () => {
  it("draws the same for the same seed, other numbers for others, evenly over [0, 1)", () => {
    const draws = (seed: number) => {
      const random = seededGenerator(seed);
      return Array.from({ length: 10_000 }, () => random());
    };
    const first = draws(7);
    expect(draws(7)).toEqual(first);
    expect(draws(8)).not.toEqual(first);
    const tenths = new Array<number>(10).fill(0);
    for (const draw of first) tenths[Math.floor(10 * draw)] = (tenths[Math.floor(10 * draw)] ?? 0) + 1;
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
