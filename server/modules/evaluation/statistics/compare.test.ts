import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreComparison } from "./compare";
import { countJointly } from "./testing/count-jointly";
import { valueKey } from "./value-key";

const options = ["x", "y"];

const compareLabels = (input: Parameters<typeof countJointly>[0]) => scoreComparison(countJointly(input));

/** Two annotators with these rows right by both, by A alone, by B alone, by neither; gold is always x. */
function rowsOf({ both, onlyA, onlyB, neither }: Record<"both" | "onlyA" | "onlyB" | "neither", number>) {
  const gold = new Map<string, string>();
  const [a, b] = [new Map<string, string>(), new Map<string, string>()];
  const add = (count: number, valueA: string, valueB: string) => {
    for (let i = 0; i < count; i++) {
      const recordId = `r${gold.size}`;
      gold.set(recordId, "x");
      a.set(recordId, valueA);
      b.set(recordId, valueB);
    }
  };
  add(both, "x", "x");
  add(onlyA, "x", "y");
  add(onlyB, "y", "x");
  add(neither, "y", "y");
  return {
    gold,
    annotators: [
      { id: "a", labels: a },
      { id: "b", labels: b },
    ],
    options,
  };
}

describe("scoreComparison", () => {
  it("gives every figure over the records that it needs", () => {
    const gold = new Map([
      ["r0", "x"],
      ["r1", "x"],
      ["r2", "y"],
      ["r3", "y"],
    ]);
    const { annotators, pairs } = compareLabels({
      gold,
      options,
      annotators: [
        {
          id: "job-2",
          labels: new Map([
            ["r0", "x"],
            ["r1", "y"],
            ["r2", "y"],
            ["r3", "y"],
            ["r7", "x"],
          ]),
        },
        {
          id: "job-1",
          labels: new Map([
            ["r0", "x"],
            ["r1", "x"],
            ["r2", "x"],
            ["r8", "y"],
          ]),
        },
      ],
    });
    expect(annotators).toEqual([
      {
        id: "job-2",
        n: 4,
        correct: 3,
        accuracy: 0.75,
        interval: [expect.closeTo(0.3006, 4), expect.closeTo(0.9544, 4)],
        confusion: { x: { x: 1, y: 1 }, y: { y: 2 } },
        perOption: [
          { value: "x", precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
          { value: "y", precision: 2 / 3, recall: 1, f1: 0.8, support: 2 },
        ],
      },
      expect.objectContaining({ id: "job-1", n: 3, correct: 2 }),
    ]);
    expect(pairs).toEqual([
      {
        a: "job-2",
        b: "job-1",
        n: 3,
        both: 1,
        onlyA: 1,
        onlyB: 1,
        neither: 0,
        difference: 0,
        interval: [expect.any(Number), expect.any(Number)],
        mcnemarP: 1,
        kappa: 0,
        overlap: 3,
        conflicts: 2,
      },
    ]);
  });

  it("says that 22 of 30 against 24 of 30 is not shown to differ, however the rows are discordant", () => {
    const splits = [0, 1, 2, 3, 4, 5, 6];
    for (const onlyA of splits) {
      const counts = { both: 22 - onlyA, onlyA, onlyB: onlyA + 2, neither: 6 - onlyA };
      const { annotators, pairs } = compareLabels(rowsOf(counts));
      expect(annotators.map(({ n, correct }) => [n, correct])).toEqual([
        [30, 22],
        [30, 24],
      ]);
      const [pair] = pairs;
      expect(pair).toMatchObject({ n: 30, ...counts, difference: -2 / 30 });
      expect(pair?.mcnemarP).toBeGreaterThanOrEqual(0.5);
      expect(pair?.interval?.[0]).toBeLessThan(0);
      expect(pair?.interval?.[1]).toBeGreaterThan(0);
    }
  });

  it("shows a difference that is there", () => {
    const [pair] = compareLabels(rowsOf({ both: 60, onlyA: 20, onlyB: 3, neither: 17 })).pairs;
    expect(pair?.mcnemarP).toBeLessThan(0.001);
    expect(pair?.interval?.[0]).toBeGreaterThan(0);
  });

  it("does not count gaps as agreement: two disagreements among 100 records are κ ≤ 0 at n = 2", () => {
    const a = new Map([
      ["r0", "x"],
      ["r1", "y"],
    ]);
    const b = new Map([
      ["r0", "y"],
      ["r1", "x"],
    ]);
    for (let i = 2; i < 51; i++) a.set(`r${i}`, "x");
    for (let i = 51; i < 100; i++) b.set(`r${i}`, "y");
    const [pair] = compareLabels({
      options,
      annotators: [
        { id: "a", labels: a },
        { id: "b", labels: b },
      ],
    }).pairs;
    expect(pair).toMatchObject({ overlap: 2, conflicts: 2, kappa: -1 });
  });

  it("counts a given value outside the options as wrong", () => {
    const gold = new Map([["r0", "x"]]);
    const [annotator] = compareLabels({
      gold,
      options,
      annotators: [{ id: "a", labels: new Map([["r0", "old"]]) }],
    }).annotators;
    expect(annotator).toMatchObject({ n: 1, correct: 0, confusion: { x: { old: 1 } } });
  });

  it("compares the sets of a multi-select label", () => {
    const gold = new Map([
      ["r0", valueKey(["x", "y"])],
      ["r1", valueKey(["x"])],
    ]);
    const labels = new Map([
      ["r0", valueKey(["y", "x"])],
      ["r1", valueKey(["x", "y"])],
    ]);
    const [annotator] = compareLabels({ gold, options, annotators: [{ id: "a", labels }] }).annotators;
    expect(annotator).toMatchObject({ n: 2, correct: 1 });
  });

  it("has no figures for annotators who share nothing with gold", () => {
    const { annotators, pairs } = compareLabels({
      gold: new Map([["r0", "x"]]),
      options,
      annotators: [
        { id: "a", labels: new Map([["r1", "x"]]) },
        { id: "b", labels: new Map() },
      ],
    });
    expect(annotators[0]).toMatchObject({ n: 0, correct: 0, accuracy: null, interval: null, confusion: {} });
    expect(pairs).toMatchObject([
      { n: 0, difference: null, interval: null, mcnemarP: 1, kappa: null, kappaReason: "no_overlap" },
    ]);
  });

  it("without a gold standard still says how far two annotators agree, and judges nobody", () => {
    const { annotators, pairs } = compareLabels({
      options,
      annotators: [
        {
          id: "a",
          labels: new Map([
            ["r0", "x"],
            ["r1", "y"],
            ["r2", "y"],
          ]),
        },
        {
          id: "b",
          labels: new Map([
            ["r0", "x"],
            ["r1", "y"],
            ["r9", "y"],
          ]),
        },
      ],
    });
    expect(annotators).toMatchObject([
      { n: 0, accuracy: null },
      { n: 0, accuracy: null },
    ]);
    expect(pairs).toMatchObject([
      { n: 0, difference: null, interval: null, mcnemarP: null, kappa: 1, overlap: 2, conflicts: 0 },
    ]);
  });

  it("counts overlap and conflicts also where gold is missing, and κ only where it is not", () => {
    const [pair] = compareLabels({
      gold: new Map([
        ["r0", "x"],
        ["r1", "y"],
      ]),
      options,
      annotators: [
        {
          id: "a",
          labels: new Map([
            ["r0", "x"],
            ["r1", "y"],
            ["r2", "y"],
          ]),
        },
        {
          id: "b",
          labels: new Map([
            ["r0", "x"],
            ["r1", "y"],
            ["r2", "x"],
          ]),
        },
      ],
    }).pairs;
    expect(pair).toMatchObject({ n: 2, both: 2, kappa: 1, overlap: 3, conflicts: 1 });
  });

  it("adds up, for any labels of any annotators", () => {
    const value = fc.constantFrom("x", "y", "old", undefined);
    const row = fc.tuple(fc.constantFrom("x", "y", "bad", undefined), value, value, value);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const column = (index: 0 | 1 | 2 | 3) =>
          new Map(
            rows.flatMap((cells, i) =>
              cells[index] === undefined ? [] : [[`r${i}`, cells[index]] as const],
            ),
          );
        const ids = ["c", "a", "b"];
        const result = compareLabels({
          gold: column(0),
          options,
          annotators: ([1, 2, 3] as const).map((index, i) => ({ id: ids[i] ?? "", labels: column(index) })),
        });
        expect(result.annotators.map(({ id }) => id)).toEqual(ids);
        expect(result.pairs.map(({ a, b }) => a + b)).toEqual(["ca", "cb", "ab"]);
        for (const { n, correct, confusion } of result.annotators) {
          const cells = Object.entries(confusion).flatMap(([goldKey, givens]) =>
            Object.entries(givens).map(([givenKey, count]) => ({ right: goldKey === givenKey, count })),
          );
          const total = (part: typeof cells) => part.reduce((sum, { count }) => sum + count, 0);
          expect(total(cells)).toBe(n);
          expect(total(cells.filter(({ right }) => right))).toBe(correct);
        }
        for (const pair of result.pairs) {
          expect(pair.both + pair.onlyA + pair.onlyB + pair.neither).toBe(pair.n);
          expect(pair.kappa === null).toBe("kappaReason" in pair);
          expect(pair.overlap).toBeGreaterThanOrEqual(pair.n);
          expect(pair.conflicts).toBeLessThanOrEqual(pair.overlap);
        }
      }),
    );
  });
});
