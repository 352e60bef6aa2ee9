import fc from "fast-check";
import { expect, it } from "vitest";
import { TextOffsets } from "./text-offsets";

/** Any UTF-16 at all: halves of pairs too. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom("a", "\r\n", "👩‍👩‍👧", "🇩🇪", "e\u0301", "\ud83d", "\ude00", "שלום", "‏", "𝒳", "कि"),
      { maxLength: 20 },
    )
    .map((parts) => parts.join("")),
);

it("counts as Array.from does, in both directions", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const points = Array.from(text);
      const offsets = new TextOffsets(text);
      expect(offsets.length).toBe(points.length);
      let unit = 0;
      points.forEach((point, place) => {
        expect(offsets.toUtf16(place)).toBe(unit);
        expect(offsets.fromUtf16(unit)).toBe(place);
        expect(offsets.pointOf(unit)).toBe(place);
        if (point.length === 2) {
          expect(offsets.fromUtf16(unit + 1)).toBeUndefined();
          expect(offsets.pointOf(unit + 1)).toBe(place);
        }
        unit += point.length;
      });
      expect(offsets.fromUtf16(text.length)).toBe(points.length);
      expect(offsets.toUtf16(points.length)).toBe(text.length);
    }),
    { numRuns: 500 },
  );
});

it("cuts as an array of code points is cut", () => {
  fc.assert(
    fc.property(anyText, fc.nat(50), fc.nat(50), (text, start, end) => {
      const points = Array.from(text);
      const offsets = new TextOffsets(text);
      expect(offsets.slice(start, end)).toBe(points.slice(start, end).join(""));
      expect(offsets.holds(start, end)).toBe(start < end && end <= points.length);
    }),
  );
});

it("takes what lies beyond a text for its nearest end, and says when asked whether it lies there", () => {
  const offsets = new TextOffsets("a👍b");
  expect([offsets.toUtf16(-1), offsets.toUtf16(9)]).toEqual([0, 4]);
  expect([offsets.pointOf(-1), offsets.pointOf(9)]).toEqual([0, 3]);
  expect([offsets.fromUtf16(-1), offsets.fromUtf16(5), offsets.fromUtf16(0.5)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
