import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusionMatrix, scoreOptions } from "./confusion";
import { valueKey } from "./value-key";

const confusionOf = (rows: readonly (readonly [gold: string, given: string])[]) =>
  confusionMatrix(rows.map(([gold, given]) => ({ gold, given, count: 1 })));

describe("confusionMatrix", () => {
  it("has gold in rows and given in columns, and adds up what is counted twice", () => {
    const cells = [
      { gold: "x", given: "x", count: 3 },
      { gold: "x", given: "y", count: 1 },
      { gold: "y", given: "y", count: 2 },
      { gold: "x", given: "x", count: 4 },
    ];
    expect(confusionMatrix(cells)).toEqual({ x: { x: 7, y: 1 }, y: { y: 2 } });
  });

  it("keeps an option with the name of an object's own machinery", () => {
    const confusion = confusionOf([
      ["__proto__", "__proto__"],
      ["constructor", "constructor"],
    ]);
    expect(JSON.stringify(confusion)).toBe('{"__proto__":{"__proto__":1},"constructor":{"constructor":1}}');
    expect(scoreOptions(confusion, ["__proto__"])).toMatchObject([{ value: "__proto__", f1: 1, support: 1 }]);
  });
});

describe("scoreOptions", () => {
  it("gives precision, recall, F1 and support of each option, in the order asked", () => {
    const confusion = { x: { x: 6, y: 2 }, y: { x: 3, y: 9 } };
    expect(scoreOptions(confusion, ["y", "x"])).toEqual([
      { value: "y", precision: 9 / 11, recall: 9 / 12, f1: 18 / 23, support: 12 },
      { value: "x", precision: 6 / 9, recall: 6 / 8, f1: 12 / 17, support: 8 },
    ]);
  });

  it("has no number where there is nothing to divide by, and 0 where all is wrong", () => {
    expect(scoreOptions({ x: { y: 2 } }, ["x", "y", "z"])).toEqual([
      { value: "x", precision: null, recall: 0, f1: 0, support: 2 },
      { value: "y", precision: 0, recall: null, f1: 0, support: 0 },
      { value: "z", precision: null, recall: null, f1: null, support: 0 },
    ]);
  });

  it("judges each option of a multi-select value by itself", () => {
    const confusion = confusionOf([
      [valueKey(["a", "b"]), valueKey(["b", "c"])],
      [valueKey(["a"]), valueKey(["a"])],
      [valueKey([]), valueKey(["b"])],
    ]);
    expect(scoreOptions(confusion, ["a", "b", "c"])).toEqual([
      { value: "a", precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
      { value: "b", precision: 0.5, recall: 1, f1: 2 / 3, support: 1 },
      { value: "c", precision: 0, recall: null, f1: 0, support: 0 },
    ]);
  });

  it("agrees with a count row by row, and F1 is the harmonic mean where both parts are positive", () => {
    const options = ["a", "b", "c"];
    const value = fc.subarray(options).map(valueKey);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 40 }), (rows) => {
        for (const score of scoreOptions(confusionOf(rows), options)) {
          // A one-letter option is in a set exactly when its key contains the letter.
          const hits = rows.filter(([g, v]) => g.includes(score.value) && v.includes(score.value)).length;
          const support = rows.filter(([g]) => g.includes(score.value)).length;
          const times = rows.filter(([, v]) => v.includes(score.value)).length;
          expect(score.support).toBe(support);
          expect(score.recall).toBe(support === 0 ? null : hits / support);
          expect(score.precision).toBe(times === 0 ? null : hits / times);
          if (score.precision && score.recall && score.f1) {
            expect(2 / (1 / score.precision + 1 / score.recall)).toBeCloseTo(score.f1, 12);
          }
        }
      }),
    );
  });
});
