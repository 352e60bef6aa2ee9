import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { fleissKappa, ratersOf } from "./fleiss-kappa";
import { krippendorffAlpha } from "./krippendorff-alpha";
import { countsOf, type Pattern } from "./patterns";

const kappa = (patterns: readonly Pattern[]) => fleissKappa(patterns)(countsOf(patterns));

/** How many of 14 raters chose each of five categories for ten subjects: Fleiss' method as it is taught everywhere. */
const TABLE = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
].map((row) => ({
  values: row.flatMap((times, category) => new Array<number>(times).fill(category)),
  count: 1,
}));

describe("fleissKappa", () => {
  it("of the table of 14 raters is 0.2099307044", () => {
    expect(kappa(TABLE)).toBeCloseTo(0.2099307044, 10);
    expect(ratersOf(TABLE)).toBe(14);
  });

  it("is undefined where the numbers of values differ, one category stands alone, or nothing is shared", () => {
    expect(kappa([...TABLE, { values: [1, 1], count: 1 }])).toBeNull();
    expect(kappa([{ values: [1, 1, 1], count: 5 }])).toBeNull();
    expect(kappa([{ values: [1], count: 5 }])).toBeNull();
    expect(ratersOf([{ values: [1], count: 5 }])).toBeNull();
  });

  it("leaves out records with a single value", () => {
    expect(kappa([...TABLE, { values: [3], count: 9 }])).toBe(kappa(TABLE));
  });

  it("is 1 for full agreement, and below α by just what α corrects for few records", () => {
    expect(kappa([0, 1].map((value) => ({ values: [value, value], count: 3 })))).toBe(1);
    const value = fc.integer({ min: 0, max: 2 });
    const triples = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(triples, (records) => {
        const patterns = records.map((values) => ({ values, count: 1 }));
        const found = kappa(patterns);
        const alpha = krippendorffAlpha(patterns, "nominal")(countsOf(patterns));
        if (alpha === null) expect(found).toBeNull();
        // α = κ + (1 − κ) / n, with n values in all.
        else expect((found ?? 0) + (1 - (found ?? 0)) / (3 * records.length)).toBeCloseTo(alpha, 10);
        const turned = records.map(([a, b, c]) => ({ values: [c, a, b], count: 1 })).reverse();
        if (found === null) expect(kappa(turned)).toBeNull();
        else expect(kappa(turned)).toBeCloseTo(found, 10);
      }),
    );
  });

  it("averages 0 over 1,000 sets of raters who guess, but for what few records take away", () => {
    const random = seededRandom(3);
    let sum = 0;
    for (let draw = 0; draw < 1_000; draw++)
      sum +=
        kappa(
          Array.from({ length: 40 }, () => ({
            values: [0, 1, 2].map(() => (random() < 0.6 ? 1 : 2)),
            count: 1,
          })),
        ) ?? 0;
    expect(Math.abs(sum / 1_000 + 1 / 120)).toBeLessThan(0.01);
  });
});
