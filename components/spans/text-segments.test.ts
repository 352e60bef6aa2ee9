import fc from "fast-check";
import { expect, it } from "vitest";
import { anyText } from "./testing/any-text";
import { cutsOf, TextSegments } from "./text-segments";

it.each(["grapheme", "word"] as const)("cuts no %s, wherever a text is cut", (granularity) => {
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  const text = fc.array(fc.oneof(anyText, fc.constantFrom(" a", " 1", "\n", "\r\n", "  b")), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      text.map((parts) => parts.join("")),
      fc.integer({ min: 1, max: 8 }),
      (whole, atLeast) => {
        const pieces = new TextSegments(whole, segmenter, cutsOf(whole, atLeast));
        for (const { index, segment, isWordLike = false } of segmenter.segment(whole)) {
          expect(pieces.containing(index)).toEqual({ index, segment, isWordLike });
          expect(pieces.containing(index + segment.length - 1)?.index).toBe(index);
        }
        expect(pieces.containing(whole.length)).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
});

it("cuts a long text into pieces of about one length", () => {
  const cuts = cutsOf("Ein Wort und noch eins. ".repeat(4000));
  const lengths = cuts.slice(1).map((cut, at) => cut - (cuts[at] ?? 0));
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(1024);
  expect(Math.max(...lengths)).toBeLessThan(1100);
});
