import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextOffsets } from "@/contracts/text-offsets";
import { lanesOf, MAX_LANES, piecesOf, spanToPick } from "./pieces";
import { anyText } from "./testing/any-text";

const span = fc
  .record({ id: fc.uuid(), start: fc.nat(40), length: fc.nat(15) })
  .map(({ id, start, length }) => ({ id, start, end: start + length }));
const someSpans = fc.uniqueArray(span, { maxLength: 12, selector: ({ id }) => id });

describe("pieces", () => {
  it("cut a text without losing a character, and each knows the spans over it", () => {
    fc.assert(
      fc.property(anyText, someSpans, (text, spans) => {
        const offsets = new TextOffsets(text);
        const pieces = piecesOf(offsets, spans);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        for (const [one] of lanesOf(spans, offsets.length)) {
          const under = pieces.filter(({ over }) => over.some((covering) => covering.span === one));
          expect(under.map((piece) => piece.text).join("")).toBe(offsets.slice(one.start, one.end));
          const coverings = under.map(({ over }) => over.find((covering) => covering.span === one));
          expect(coverings.map((covering) => covering?.begins)).toEqual(under.map((_, at) => at === 0));
          expect(coverings.map((covering) => covering?.ends)).toEqual(
            under.map((_, at) => at === under.length - 1),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it("draw no two spans over one character on one line", () => {
    fc.assert(
      fc.property(anyText, someSpans, (text, spans) => {
        for (const { over } of piecesOf(new TextOffsets(text), spans)) {
          const lanes = over.map(({ lane }) => lane);
          expect(new Set(lanes).size).toBe(lanes.length);
          expect(Math.max(-1, ...lanes)).toBeLessThan(MAX_LANES);
        }
      }),
    );
  });

  it("count an emoji as the characters that it is made of, as labels do", () => {
    const pieces = piecesOf(new TextOffsets("a👍b"), [{ id: "x", start: 1, end: 2 }]);
    expect(pieces.map(({ text }) => text)).toEqual(["a", "👍", "b"]);
  });

  it("leave out what has no characters, lies outside, or lies over too many others", () => {
    const laid = lanesOf(
      [
        { id: "empty", start: 2, end: 2 },
        { id: "beyond", start: 9, end: 12 },
        ...Array.from({ length: MAX_LANES + 2 }, (_, at) => ({ id: `${at}`, start: 0, end: 5 })),
      ],
      8,
    );
    expect([...laid.keys()].map(({ id }) => id)).toEqual(
      Array.from({ length: MAX_LANES }, (_, at) => `${at}`),
    );
  });
});

it("picks the innermost span first, then each further out, then the innermost again", () => {
  const over = [
    { id: "outer", start: 0, end: 9 },
    { id: "inner", start: 2, end: 4 },
    { id: "middle", start: 1, end: 6 },
  ];
  const clicks: (string | null)[] = [null];
  for (let click = 0; click < 4; click++) clicks.push(spanToPick(over, clicks.at(-1) ?? null)?.id ?? null);
  expect(clicks.slice(1)).toEqual(["inner", "middle", "outer", "inner"]);
  expect(spanToPick([], null)).toBeNull();
});
