import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { gwetAc1 } from "./gwet-ac1";
import { countsOf, type Pattern } from "./patterns";
import { dataC } from "./testing/reliability-data";

const ac1 = (patterns: readonly Pattern[], categories: number) =>
  gwetAc1(patterns, categories)(countsOf(patterns));

describe("gwetAc1", () => {
  it("of twelve units with missing values is what Gwet's own program gives, 0.77544", () => {
    expect(ac1(dataC, 5)).toBeCloseTo(0.77544, 5);
  });

  it("of two raters is as by hand: 118 and 2 agreed, 5 not", () => {
    const table = [
      { values: [0, 0], count: 118 },
      { values: [0, 1], count: 5 },
      { values: [1, 1], count: 2 },
    ];
    const share = (2 * 118 + 5) / 250;
    const chance = 2 * share * (1 - share);
    expect(ac1(table, 2)).toBeCloseTo((120 / 125 - chance) / (1 - chance), 12);
  });

  it("stays high where one category prevails, and is 1 where all chose it out of several", () => {
    expect(ac1([{ values: [0, 0, 0], count: 9 }], 3)).toBe(1);
    expect(ac1([{ values: [0, 0, 0], count: 9 }], 1)).toBeNull();
    expect(ac1([{ values: [0], count: 9 }], 3)).toBeNull();
  });

  it("does not depend on order, and is at most 1", () => {
    const value = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 4 }), { maxLength: 20 }), (records) => {
        const found = ac1(
          records.map((values) => ({ values, count: 2 })),
          4,
        );
        const turned = records.map((values) => ({ values: [...values].reverse(), count: 2 })).reverse();
        if (found === null) expect(ac1(turned, 4)).toBeNull();
        else {
          expect(ac1(turned, 4)).toBeCloseTo(found, 10);
          expect(found).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("averages 0 over 1,000 pairs of raters who guess evenly", () => {
    const random = seededRandom(5);
    let sum = 0;
    for (let draw = 0; draw < 1_000; draw++)
      sum +=
        ac1(
          Array.from({ length: 40 }, () => ({
            values: [0, 1].map(() => Math.floor(3 * random())),
            count: 1,
          })),
          3,
        ) ?? 0;
    expect(Math.abs(sum / 1_000)).toBeLessThan(0.015);
  });
});
