import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { optionsOfKey } from "@/contracts/value-key";
import { byCodePoint } from "@/server/platform/code-point-order";
import { valueKey } from "./value-key";

const wellFormed = fc.string({ unit: "binary" });
const option = fc.oneof(wellFormed, fc.constantFrom("", "[", "[]", '["a"]', "a", "b", "a,b", "__proto__"));

describe("valueKey", () => {
  it("shows a single option as it is, and a set as a sorted array", () => {
    expect(valueKey(["positive"])).toBe("positive");
    expect(valueKey(["b", "a", "b"])).toBe('["a","b"]');
    expect(valueKey([])).toBe("[]");
  });

  it("keeps an option that looks like an array apart from that array", () => {
    expect(valueKey(['["a","b"]'])).not.toBe(valueKey(["a", "b"]));
    expect(valueKey(["[]"])).not.toBe(valueKey([]));
  });

  it("is equal exactly for equal sets, and gives the set back", () => {
    fc.assert(
      fc.property(fc.array(option, { maxLength: 4 }), fc.array(option, { maxLength: 4 }), (left, right) => {
        const sameSet = left.every((one) => right.includes(one)) && right.every((one) => left.includes(one));
        expect(valueKey(left) === valueKey(right)).toBe(sameSet);
        expect(optionsOfKey(valueKey(left))).toEqual([...new Set(left)].sort(byCodePoint));
        expect(valueKey(left.toReversed().concat(left))).toBe(valueKey(left));
      }),
    );
  });
});
