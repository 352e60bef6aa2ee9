import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contextOf, findWords, MAX_FOUND } from "./find-words";
import { anyText } from "./testing/any-text";
import { TextPlaces } from "./text-places";

const places = new TextPlaces("Acme 👍 and ACME\r\nCorp, acme-like e\u0301 (a+b)");
const found = (typed: string, whole = true) =>
  findWords(places, typed, whole).map((span) => places.slice(span));

describe("typed words", () => {
  it("are found as written, else in any case", () => {
    expect(found("Acme")).toEqual(["Acme"]);
    expect(found("aCmE")).toEqual(["Acme", "ACME", "acme"]);
  });

  it("are found over line ends, and are no expression", () => {
    expect(found("acme corp")).toEqual(["ACME\r\nCorp"]);
    expect(found("(a+b)")).toEqual(["(a+b)"]);
    expect(found("a.me")).toEqual([]);
  });

  it("are whole words unless parts are asked for, and never a part of a character", () => {
    expect(found("Acm")).toEqual([]);
    expect(found("Acm", false)).toEqual(["Acm"]);
    expect(found("e", false)).not.toContain("e\u0301");
    expect(found("  ")).toEqual([]);
  });

  it("are offered a limited number of times", () => {
    expect(findWords(new TextPlaces("a ".repeat(1000)), "a", true)).toHaveLength(MAX_FOUND);
  });

  it("are found wherever a text is cut between characters", () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), fc.nat(40), (text, from, to) => {
        const any = new TextPlaces(text);
        const span = any.snap(from, to, "character");
        if (!span) return;
        const words = any.slice(span);
        // Half a pair has no place of its own beside its other half.
        fc.pre(!/\p{Cs}/u.test(text));
        const spans = findWords(any, words, false).map((one) => any.slice(one));
        expect(spans.map((one) => one.replace(/\s+/gu, " "))).toContain(words.replace(/\s+/gu, " "));
      }),
      { numRuns: 300, examples: [[" \u0301", 0, 2]] },
    );
  });
});

it("shows words with what stands around them on one line", () => {
  expect(contextOf(places, { start: 11, end: 21 }, 4)).toEqual({
    before: "…and ",
    words: "ACME Corp",
    after: ", ac…",
  });
  expect(contextOf(places, { start: 0, end: 4 }, 3)).toEqual({ before: "", words: "Acme", after: " 👍 …" });
});
