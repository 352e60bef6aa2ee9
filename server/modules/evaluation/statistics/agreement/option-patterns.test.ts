import fc from "fast-check";
import { expect, it } from "vitest";
import { optionPatterns } from "./option-patterns";
import type { Pattern } from "./patterns";

const options = ["a", "b", "c"];
const categories = [["a"], ["b"], ["a", "b"], ["outside"]];

/** As it is defined: each option by itself, each pattern for each. */
function oneByOne(patterns: readonly Pattern[], option: string): Pattern[] {
  const found = new Map<string, Pattern>();
  for (const { values, count } of patterns) {
    const given = values.filter((value) => categories[value]?.includes(option)).length;
    const binary = values.map((_, at) => (at < given ? 1 : 0));
    const before = found.get(binary.join())?.count ?? 0;
    found.set(binary.join(), { values: binary, count: before + count });
  }
  return [...found.values()];
}

it("gives each option what is counted for it alone, in the same order", () => {
  const values = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 });
  const some = fc.array(fc.record({ values, count: fc.integer({ min: 1, max: 9 }) }), { maxLength: 20 });
  fc.assert(
    fc.property(some, (patterns) => {
      expect(optionPatterns(patterns, categories, options)).toEqual(
        options.map((option) => oneByOne(patterns, option)),
      );
    }),
  );
});
