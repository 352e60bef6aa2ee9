import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byCodePoint } from "./code-point-order";

describe("byCodePoint", () => {
  it("puts U+E000–U+FFFF before what lies beyond, unlike UTF-16", () => {
    expect(["😀", "\uff5e", "z", "zz", ""].sort(byCodePoint)).toEqual(["", "z", "zz", "\uff5e", "😀"]);
    expect(["😀", "\uff5e"].sort()).toEqual(["😀", "\uff5e"]);
  });

  it("orders as UTF-8 bytes do", () => {
    const wellFormed = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(wellFormed, wellFormed, (a, b) => {
        expect(Math.sign(byCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
