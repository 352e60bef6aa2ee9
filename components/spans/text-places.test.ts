import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "./testing/any-text";
import { TextPlaces } from "./text-places";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Where characters begin and where the text ends, in code points, found the slow way. */
function edgesOf(text: string): number[] {
  const edges = [0];
  for (const { segment } of segmenter.segment(text))
    edges.push((edges.at(-1) ?? 0) + Array.from(segment).length);
  return edges;
}

describe("over any Unicode", () => {
  const place = fc.nat(60);

  it("rounds a place to the ends of the character that it lies in", () => {
    fc.assert(
      fc.property(anyText, place, (text, at) => {
        const edges = edgesOf(text);
        const inside = Math.min(at, edges.at(-1) ?? 0);
        const places = new TextPlaces(text);
        expect(places.floor(at)).toBe(edges.findLast((edge) => edge <= inside));
        expect(places.ceil(at)).toBe(edges.find((edge) => edge >= inside));
      }),
      { numRuns: 1000 },
    );
  });

  it("passes every character once, forward and back", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const places = new TextPlaces(text);
        const edges = edgesOf(text);
        const forward = [0];
        while ((forward.at(-1) ?? 0) < places.length)
          forward.push(places.step(forward.at(-1) ?? 0, "character", 1));
        const back = [places.length];
        while ((back.at(-1) ?? 0) > 0) back.push(places.step(back.at(-1) ?? 0, "character", -1));
        expect(forward).toEqual(edges);
        expect(back.reverse()).toEqual(edges);
      }),
      { numRuns: 500 },
    );
  });

  it("steps by word to an edge further on, until the end", () => {
    fc.assert(
      fc.property(anyText, place, (text, from) => {
        const places = new TextPlaces(text);
        const edges = edgesOf(text);
        const start = places.floor(from);
        const next = places.step(start, "word", 1);
        const before = places.step(start, "word", -1);
        expect(edges).toContain(next);
        expect(edges).toContain(before);
        if (start < places.length) expect(next).toBeGreaterThan(start);
        if (start > 0) expect(before).toBeLessThan(start);
      }),
      { numRuns: 500 },
    );
  });

  it("makes of a selection whole characters or words that hold all of it but white space, whichever way it was made", () => {
    fc.assert(
      fc.property(
        anyText,
        place,
        place,
        fc.constantFrom("character" as const, "word" as const),
        (text, from, to, by) => {
          const places = new TextPlaces(text);
          const edges = edgesOf(text);
          const span = places.snap(from, to, by);
          expect(places.snap(to, from, by)).toEqual(span);
          const selected = places.slice({ start: Math.min(from, to), end: Math.max(from, to) });
          if (!span) {
            expect(selected.trim()).toBe("");
            return;
          }
          expect(span.start).toBeLessThan(span.end);
          expect(edges).toContain(span.start);
          expect(edges).toContain(span.end);
          expect(places.slice(span)).toContain(selected.trim());
          expect(places.snap(span.start, span.end, by)).toEqual(span);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("words", () => {
  const snapped = (text: string, selected: string, by: "word" | "character" = "word") => {
    const places = new TextPlaces(text);
    const from = places.offsets.pointOf(text.indexOf(selected));
    const span = places.snap(from, from + Array.from(selected).length, by);
    return span && places.slice(span);
  };

  it.each([
    ["Acme Corp said", "cme Co", "Acme Corp"],
    ["Acme Corp said", " Corp ", "Corp"],
    ["(Acme)", "cm", "Acme"],
    ["(Acme)", "(Acme)", "(Acme)"],
    ["don't stop", "on", "don't"],
    ["3.14 metres", ".1", "3.14"],
    ["see 👩‍👩‍👧 there", "👩‍👩‍👧", "👩‍👩‍👧"],
    ["in 🇩🇪🇫🇷 now", "🇩🇪", "🇩🇪"],
    ["שלום עולם", "לו", "שלום"],
    ["cafe\u0301 au lait", "af", "cafe\u0301"],
  ])("%j, of which %j is selected: %j", (text, selected, span) => expect(snapped(text, selected)).toBe(span));

  it("are left alone when snapping is off, but no character is cut", () => {
    expect(snapped("Acme Corp", "cme Co", "character")).toBe("cme Co");
    expect(snapped("ab e\u0301f", "e", "character")).toBe("e\u0301");
  });

  it("are none in white space", () => {
    expect(snapped("a \r\n b", " \r\n ")).toBeNull();
    expect(new TextPlaces("  ").wordAt(1)).toBeNull();
  });

  it("are found at a place, at its end too", () => {
    const places = new TextPlaces("Acme, Corp");
    expect(places.wordAt(2)).toEqual({ start: 0, end: 4 });
    expect(places.wordAt(4)).toEqual({ start: 0, end: 4 });
    expect(places.wordAt(5)).toBeNull();
  });
});

it("tells by a paragraph's first letter which way it is read", () => {
  const places = new TextPlaces("1. Acme\n2. שלום Acme\n3.");
  expect([0, 7, 8, 12, 21, 22].map((place) => places.isRightToLeft(place))).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
});

it("answers for a text of a hundred thousand characters without reading all of it each time", () => {
  const text = "Ein Wort 👍 und e\u0301ins mehr. ".repeat(4000);
  const places = new TextPlaces(text);
  let at = 0;
  let steps = 0;
  while (at < places.length) {
    at = places.step(at, "word", 1);
    steps += 1;
  }
  expect(steps).toBe(6 * 4000 + 1);
});
