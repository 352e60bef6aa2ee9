import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realInput } from "@/server/testing/real-inputs";
import { seededRandom } from "@/server/testing/seeded-random";
import { krippendorffAlpha, type Metric } from "./krippendorff-alpha";
import { countsOf, type Pattern } from "./patterns";
import { dataC } from "./testing/reliability-data";

const METRICS: readonly Metric[] = ["nominal", "ordinal", "interval", "ratio"];
const alpha = (patterns: readonly Pattern[], metric: Metric = "nominal") =>
  krippendorffAlpha(patterns, metric)(countsOf(patterns));

/** The definition, pair by pair, for what has no ranks. */
function byDefinition(patterns: readonly Pattern[], distance: (a: number, b: number) => number) {
  const units = patterns.flatMap(({ values, count }) =>
    values.length > 1 ? Array.from({ length: count }, () => values) : [],
  );
  const all = units.flat();
  const over = (values: readonly number[]) =>
    values.reduce((sum, a) => sum + values.reduce((inner, b) => inner + distance(a, b), 0), 0);
  const observed = units.reduce((sum, values) => sum + over(values) / (values.length - 1), 0) / all.length;
  const expected = over(all) / (all.length * (all.length - 1));
  return all.length === 0 || expected === 0 ? null : 1 - observed / expected;
}

const patterns = fc.array(
  fc.record({
    values: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }),
    count: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 12 },
);

describe("krippendorffAlpha", () => {
  it.each([
    ["nominal", 0.7434210526],
    ["ordinal", 0.8153875038],
    ["interval", 0.8491071429],
    ["ratio", 0.7974027747],
  ] as const)("of Krippendorff's data C is, %s, %d", (metric, published) => {
    expect(alpha(dataC, metric)).toBeCloseTo(published, 10);
  });

  const rte = realInput("crowd/rte.standardized.tsv");
  it.skipIf(rte.missing)(`of the textual entailment of Snow et al. (2008) is 0.24148 (${rte.reason})`, () => {
    const items = new Map<string, number[]>();
    const [, ...lines] = readFileSync(rte.path, "utf8").trimEnd().split("\n");
    for (const line of lines) {
      const [, , item = "", response] = line.split("\t");
      items.set(item, [...(items.get(item) ?? []), Number(response)]);
    }
    expect(items.size).toBe(800);
    const found = alpha([...items.values()].map((values) => ({ values, count: 1 })));
    expect(found).toBeCloseTo(0.24148, 5);
  });

  it("is what the definition says, pair by pair", () => {
    fc.assert(
      fc.property(patterns, (drawn) => {
        for (const [metric, distance] of [
          ["nominal", (a: number, b: number) => Number(a !== b)],
          ["interval", (a: number, b: number) => (a - b) ** 2],
          ["ratio", (a: number, b: number) => ((a - b) / (a + b)) ** 2],
        ] as const) {
          const expected = byDefinition(drawn, distance);
          if (expected === null) expect(alpha(drawn, metric)).toBeNull();
          else expect(alpha(drawn, metric)).toBeCloseTo(expected, 10);
        }
      }),
    );
  });

  it("is 1 for full agreement, and null where one value stands alone or nothing can be paired", () => {
    for (const metric of METRICS) {
      const agreed = [1, 3, 4].map((value) => ({ values: [value, value, value], count: 2 }));
      expect(alpha(agreed, metric)).toBe(1);
      expect(alpha([{ values: [2, 2], count: 7 }], metric)).toBeNull();
      expect(
        alpha(
          [
            { values: [1], count: 3 },
            { values: [], count: 2 },
          ],
          metric,
        ),
      ).toBeNull();
      expect(alpha([], metric)).toBeNull();
    }
  });

  it("does not depend on the order of values or records, nor on how equal ones are put together", () => {
    fc.assert(
      fc.property(patterns, (drawn) => {
        const turned = drawn.map(({ values, count }) => ({ values: [...values].reverse(), count })).reverse();
        const apart = drawn.flatMap(({ values, count }) =>
          Array.from({ length: count }, () => ({ values, count: 1 })),
        );
        for (const metric of METRICS) {
          const expected = alpha(drawn, metric);
          for (const same of [turned, apart]) {
            const found = alpha(same, metric);
            if (expected === null) expect(found).toBeNull();
            else {
              expect(found).toBeCloseTo(expected, 9);
              expect(expected).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
    );
  });

  it("ignores records with a single value", () => {
    const more = [...dataC, { values: [5], count: 40 }];
    for (const metric of METRICS) expect(alpha(more, metric)).toBe(alpha(dataC, metric));
  });

  it("averages 0 over 1,000 sets of annotators who guess and leave a fifth out", () => {
    const random = seededRandom(11);
    for (const metric of METRICS) {
      let sum = 0;
      for (let draw = 0; draw < 1_000; draw++) {
        const guesses = Array.from({ length: 30 }, () => ({
          values: [0, 1, 2].flatMap(() => (random() < 0.2 ? [] : [1 + Math.floor(3 * random() ** 1.5)])),
          count: 1,
        }));
        sum += alpha(guesses, metric) ?? 0;
      }
      expect(Math.abs(sum / 1_000)).toBeLessThan(0.01);
    }
  });
});
