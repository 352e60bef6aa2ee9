import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cohenKappa } from "../cohen-kappa";
import { countsOf } from "./patterns";
import { type RankCell, type Weighting, weightedKappa } from "./weighted-kappa";

const cellsOf = (table: readonly (readonly number[])[]): RankCell[] =>
  table.flatMap((row, a) => row.map((count, b) => ({ a, b, count })));
const kappa = (cells: readonly RankCell[], weighting: Weighting) =>
  weightedKappa(cells, weighting)(countsOf(cells));

/** Husbands and wives on a scale of four: Hout et al. (1987), as in Agresti and in R's vcd. */
const COUPLES = cellsOf([
  [7, 7, 2, 3],
  [2, 8, 3, 7],
  [1, 5, 4, 9],
  [2, 8, 9, 14],
]);

const rank = fc.integer({ min: 0, max: 4 });
const drawnCells = fc.array(fc.record({ a: rank, b: rank, count: fc.integer({ min: 0, max: 20 }) }), {
  maxLength: 30,
});

describe("weightedKappa", () => {
  it("of the couples is, without weights and linear, what R's vcd gives", () => {
    expect(kappa(COUPLES, "none")).toBeCloseTo(0.1293, 4);
    expect(kappa(COUPLES, "linear")).toBeCloseTo(0.2374, 4);
  });

  it("is Cohen's κ without weights", () => {
    for (const [table, published] of [
      [
        [
          [20, 5],
          [10, 15],
        ],
        0.4,
      ],
      [
        [
          [45, 15],
          [25, 15],
        ],
        0.1304347826,
      ],
      [
        [
          [25, 35],
          [5, 35],
        ],
        0.2592592593,
      ],
    ] as const)
      expect(kappa(cellsOf(table), "none")).toBeCloseTo(published, 10);
    fc.assert(
      fc.property(drawnCells, (cells) => {
        const named = cells.map(({ a, b, count }) => ({ a: `${a}`, b: `${b}`, count }));
        const expected = cohenKappa(named).kappa;
        if (expected === null) expect(kappa(cells, "none")).toBeNull();
        else expect(kappa(cells, "none")).toBeCloseTo(expected, 10);
      }),
    );
  });

  it("is with each weight what the definition says, cell by cell", () => {
    fc.assert(
      fc.property(drawnCells, (cells) => {
        const n = cells.reduce((sum, { count }) => sum + count, 0);
        for (const [weighting, weight] of [
          ["linear", (a: number, b: number) => Math.abs(a - b)],
          ["quadratic", (a: number, b: number) => (a - b) ** 2],
        ] as const) {
          let [observed, expected] = [0, 0];
          for (const one of cells) {
            observed += n * one.count * weight(one.a, one.b);
            for (const other of cells) expected += one.count * other.count * weight(one.a, other.b);
          }
          if (expected === 0) expect(kappa(cells, weighting)).toBeNull();
          else expect(kappa(cells, weighting)).toBeCloseTo(1 - observed / expected, 10);
        }
      }),
    );
  });

  it("with squares is the correlation of the two where they give each rank as often", () => {
    const table = [
      [5, 2, 1],
      [1, 6, 3],
      [2, 2, 4],
    ];
    const cells = cellsOf(table);
    const n = 26;
    const mean = cells.reduce((sum, { a, count }) => sum + a * count, 0) / n;
    expect(cells.reduce((sum, { b, count }) => sum + b * count, 0) / n).toBe(mean);
    const covered = cells.reduce((sum, { a, b, count }) => sum + (a - mean) * (b - mean) * count, 0);
    const spread = cells.reduce((sum, { a, count }) => sum + (a - mean) ** 2 * count, 0);
    expect(kappa(cells, "quadratic")).toBeCloseTo(covered / spread, 12);
  });

  it("is 1 for full agreement, symmetric, and null where nothing is shared or one rank stands alone", () => {
    for (const weighting of ["none", "linear", "quadratic"] as const) {
      expect(
        kappa(
          cellsOf([
            [3, 0],
            [0, 2],
          ]),
          weighting,
        ),
      ).toBe(1);
      expect(kappa([], weighting)).toBeNull();
      expect(kappa([{ a: 2, b: 2, count: 8 }], weighting)).toBeNull();
      const turned = COUPLES.map(({ a, b, count }) => ({ a: b, b: a, count }));
      expect(kappa(turned, weighting)).toBeCloseTo(kappa(COUPLES, weighting) ?? 0, 12);
    }
  });
});
