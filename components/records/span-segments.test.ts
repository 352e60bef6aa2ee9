import fc from "fast-check";
import { expect, it } from "vitest";
import { segmentsOf, spanText } from "./span-segments";

const span = fc
  .record({ id: fc.uuid(), start: fc.nat(30), length: fc.nat(12) })
  .map(({ id, start, length }) => ({ id, start, end: start + length }));

it("cuts a text without losing a character, and each piece knows its spans", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 24 }),
      fc.array(span, { maxLength: 5 }),
      (text, spans) => {
        const segments = segmentsOf(text, spans);
        expect(segments.map((one) => one.text).join("")).toBe(text);
        for (const one of spans) {
          const covered = segments.filter(({ spans: over }) => over.includes(one)).map((part) => part.text);
          expect(covered.join("")).toBe(spanText(text, one));
        }
      },
    ),
  );
});

it("counts an emoji as the characters it is made of, as labels do", () => {
  expect(spanText("a👍b", { start: 1, end: 2 })).toBe("👍");
  expect(segmentsOf("a👍b", [{ id: "x", start: 1, end: 2 }]).map(({ text }) => text)).toEqual([
    "a",
    "👍",
    "b",
  ]);
});
