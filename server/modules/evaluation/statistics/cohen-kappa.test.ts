import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { cohenKappa } from "./cohen-kappa";

/** The cells of an agreement table, A in rows and B in columns. */
const cellsOf = (table: readonly (readonly number[])[]) =>
  table.flatMap((row, a) => row.map((count, b) => ({ a: `v${a}`, b: `v${b}`, count })));

const one = (a: string, b: string) => ({ a, b, count: 1 });

describe("cohenKappa", () => {
  it.each([
    [
      [
        [20, 5],
        [10, 15],
      ],
      50,
      0.4,
    ],
    [
      [
        [45, 15],
        [25, 15],
      ],
      100,
      0.1304347826,
    ],
    [
      [
        [25, 35],
        [5, 35],
      ],
      100,
      0.2592592593,
    ],
  ])("of the table %j over %i records is %d", (table, n, kappa) => {
    const result = cohenKappa(cellsOf(table));
    expect(result.n).toBe(n);
    expect(result.kappa).toBeCloseTo(kappa, 10);
    expect(result).not.toHaveProperty("kappaReason");
  });

  it("is −1 for two who disagree on both of two records", () => {
    expect(cohenKappa([one("yes", "no"), one("no", "yes")])).toEqual({ n: 2, kappa: -1 });
  });

  it("is undefined, with the reason, where chance alone agrees fully or nothing is shared", () => {
    const always = [{ a: "yes", b: "yes", count: 2 }];
    expect(cohenKappa(always)).toEqual({ n: 2, kappa: null, kappaReason: "single_category" });
    expect(cohenKappa([])).toEqual({ n: 0, kappa: null, kappaReason: "no_overlap" });
  });

  it("is 0 where both are constant but differ", () => {
    expect(cohenKappa([one("yes", "no")])).toEqual({ n: 1, kappa: 0 });
  });

  it("is symmetric, at most 1, 1 for full agreement, and the same however the cells are split", () => {
    const value = fc.constantFrom("x", "y", "z");
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 }), (rows) => {
        const result = cohenKappa(rows.map(([a, b]) => one(a, b)));
        expect(cohenKappa(rows.map(([a, b]) => one(b, a)))).toEqual(result);
        const doubled = cohenKappa(rows.map(([a, b]) => ({ a, b, count: 2 })));
        expect(doubled.n).toBe(2 * rows.length);
        if (result.kappa === null) expect(doubled.kappa).toBeNull();
        else {
          expect(doubled.kappa).toBeCloseTo(result.kappa, 12);
          expect(result.kappa).toBeGreaterThanOrEqual(-1);
          expect(result.kappa).toBeLessThanOrEqual(1);
        }
        const withItself = cohenKappa(rows.map(([a]) => one(a, a)));
        if (new Set(rows.map(([a]) => a)).size > 1) expect(withItself.kappa).toBe(1);
        else expect(withItself.kappa).toBeNull();
      }),
    );
  });

  it("averages 0 over 2,000 pairs of annotators who guess", () => {
    const random = seededRandom(7);
    let sum = 0;
    for (let draw = 0; draw < 2_000; draw++) {
      const guess = () => (random() < 0.7 ? "yes" : "no");
      sum += cohenKappa(Array.from({ length: 40 }, () => one(guess(), guess()))).kappa ?? 0;
    }
    expect(Math.abs(sum / 2_000)).toBeLessThan(0.015);
  });
});
