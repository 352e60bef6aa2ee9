import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dragBorder, stepBorder } from "./borders";
import { anyText } from "./testing/any-text";
import { type Side, type Step, TextPlaces } from "./text-places";

const text = "the big Acme Corp, said Ann";
const places = new TextPlaces(text);
const of = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

describe("a border", () => {
  it.each<[string, Side, Step, 1 | -1, string]>([
    ["Acme", "end", "word", 1, "Acme Corp"],
    ["Acme", "start", "word", -1, "big Acme"],
    ["Acme Corp", "end", "word", -1, "Acme"],
    ["Acme Corp", "start", "word", 1, "Corp"],
    ["Acme Corp", "end", "character", 1, "Acme Corp,"],
    ["Acme Corp", "start", "character", 1, "cme Corp"],
    ["Acme Corp", "end", "character", -1, "Acme Cor"],
    ["Corp", "end", "word", -1, "Corp"],
    ["C", "start", "character", 1, "C"],
  ])("of %j: its %s by %s %i is %j", (before, side, by, direction, after) =>
    expect(places.slice(stepBorder(places, of(before), side, by, direction))).toBe(after),
  );

  it.each<[Side, Step, number, string]>([
    ["end", "word", text.indexOf("aid"), "Acme Corp, said"],
    ["end", "character", text.indexOf("aid"), "Acme Corp, s"],
    ["start", "word", 5, "big Acme Corp"],
    ["start", "character", 5, "ig Acme Corp"],
    ["end", "word", 0, "A"],
    ["start", "word", 27, "p"],
  ])("dragged: the %s by %s to %i gives %j", (side, by, place, after) =>
    expect(places.slice(dragBorder(places, of("Acme Corp"), side, place, by))).toBe(after),
  );

  it("never leaves the text, cuts a character, or leaves a span without one", () => {
    const step = fc.record({
      side: fc.constantFrom<Side>("start", "end"),
      by: fc.constantFrom<Step>("character", "word"),
      direction: fc.constantFrom<1 | -1>(1, -1),
      to: fc.option(fc.nat(60)),
    });
    fc.assert(
      fc.property(anyText, fc.array(step, { maxLength: 12 }), (any, steps) => {
        const here = new TextPlaces(any);
        let span = here.snap(0, here.length, "character");
        for (const { side, by, direction, to } of steps) {
          if (!span) return;
          span =
            to === null ? stepBorder(here, span, side, by, direction) : dragBorder(here, span, side, to, by);
          expect(here.offsets.holds(span.start, span.end)).toBe(true);
          expect([here.floor(span.start), here.ceil(span.end)]).toEqual([span.start, span.end]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
