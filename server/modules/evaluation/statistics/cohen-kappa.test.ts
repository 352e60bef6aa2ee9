import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { cohenKappa } from "./cohen-kappa";

/** Two annotators whose agreement table, A in rows and B in columns, is this one. */
function labelsFrom(table: readonly (readonly number[])[]) {
  const a = new Map<string, string>();
  const b = new Map<string, string>();
  table.forEach((row, valueA) => {
    row.forEach((count, valueB) => {
      for (let i = 0; i < count; i++) {
        const recordId = `r${a.size}`;
        a.set(recordId, `v${valueA}`);
        b.set(recordId, `v${valueB}`);
      }
    });
  });
  return { a, b };
}

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
    const { a, b } = labelsFrom(table);
    const result = cohenKappa(a, b);
    expect(result.n).toBe(n);
    expect(result.kappa).toBeCloseTo(kappa, 10);
    expect(result).not.toHaveProperty("kappaReason");
  });

  it("does not count gaps as agreement: two disagreements among 100 records are κ ≤ 0 at n = 2", () => {
    const a = new Map<string, string>([
      ["r0", "yes"],
      ["r1", "no"],
    ]);
    const b = new Map<string, string>([
      ["r0", "no"],
      ["r1", "yes"],
    ]);
    for (let i = 2; i < 51; i++) a.set(`r${i}`, "yes");
    for (let i = 51; i < 100; i++) b.set(`r${i}`, "no");
    expect(cohenKappa(a, b)).toEqual({ n: 2, kappa: -1 });
  });

  it("is undefined, with the reason, where chance alone agrees fully or nothing is shared", () => {
    const always = new Map([
      ["r0", "yes"],
      ["r1", "yes"],
    ]);
    expect(cohenKappa(always, always)).toEqual({ n: 2, kappa: null, kappaReason: "single_category" });
    expect(cohenKappa(always, new Map([["r2", "yes"]]))).toEqual({
      n: 0,
      kappa: null,
      kappaReason: "no_overlap",
    });
    expect(cohenKappa(new Map(), new Map())).toEqual({ n: 0, kappa: null, kappaReason: "no_overlap" });
  });

  it("is 0 where both are constant but differ", () => {
    expect(cohenKappa(new Map([["r0", "yes"]]), new Map([["r0", "no"]]))).toEqual({ n: 1, kappa: 0 });
  });

  it("is symmetric, at most 1, 1 for full agreement, and blind to records that one annotator left out", () => {
    const labels = fc.array(fc.constantFrom("x", "y", "z", undefined), { minLength: 1, maxLength: 60 });
    const toMap = (values: readonly (string | undefined)[]) =>
      new Map(values.flatMap((value, i) => (value === undefined ? [] : [[`r${i}`, value] as const])));
    fc.assert(
      fc.property(labels, labels, (valuesA, valuesB) => {
        const [a, b] = [toMap(valuesA), toMap(valuesB)];
        const result = cohenKappa(a, b);
        expect(cohenKappa(b, a)).toEqual(result);
        const shared = new Map([...a].filter(([recordId]) => b.has(recordId)));
        expect(cohenKappa(shared, b)).toEqual(result);
        if (result.kappa !== null) {
          expect(result.kappa).toBeGreaterThanOrEqual(-1);
          expect(result.kappa).toBeLessThanOrEqual(1);
        }
        const withItself = cohenKappa(a, a);
        if (new Set(a.values()).size > 1) expect(withItself.kappa).toBe(1);
        else expect(withItself.kappa).toBeNull();
      }),
    );
  });

  it("averages 0 over 2,000 pairs of annotators who guess", () => {
    const random = seededRandom(7);
    let sum = 0;
    for (let draw = 0; draw < 2_000; draw++) {
      const guess = () =>
        new Map(Array.from({ length: 40 }, (_, i) => [`r${i}`, random() < 0.7 ? "yes" : "no"]));
      sum += cohenKappa(guess(), guess()).kappa ?? 0;
    }
    expect(Math.abs(sum / 2_000)).toBeLessThan(0.015);
  });
});
