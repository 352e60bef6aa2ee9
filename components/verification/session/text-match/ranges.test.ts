import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { exactRanges } from "./exact-ranges";
import { fuzzyRanges } from "./fuzzy-ranges";
import type { Range } from "./ranges";
import { regexProblem, regexRanges } from "./regex-ranges";
import { snippetOf } from "./snippet";

const cut = (text: string, ranges: readonly Range[]) =>
  ranges.map(({ start, end }) => text.slice(start, end));

describe("words as they stand", () => {
  it.each([
    ["Nice, nicer, NICE", "nice", ["Nice", "nice", "NICE"]],
    ["aaaa", "aa", ["aa", "aa"]],
    ["👍👍 ok 👍", "👍", ["👍", "👍", "👍"]],
    ["İstanbul", "istanbul", ["İstanbul"]],
    ["a.b*c", ".b*", [".b*"]],
    ["text", "", []],
    ["Straße", "strasse", []],
  ])("in %s of %s", (text, words, found) => {
    expect(cut(text, exactRanges(text, words))).toEqual(found);
  });

  it("are found wherever they were put, and nothing but them is marked", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 20 });
    fc.assert(
      fc.property(
        any,
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
        any,
        (before, words, after) => {
          const text = `${before}${words}${after}`;
          const found = cut(text, exactRanges(text, words));
          expect(found.length).toBeGreaterThan(0);
          const fold = (value: string) => [...value].map((one) => [...one.toLowerCase()][0]).join("");
          for (const one of found) expect(fold(one)).toBe(fold(words));
        },
      ),
      { seed: 35, numRuns: 300 },
    );
  });
});

describe("words nearly as they stand", () => {
  it("are those that are like one that was looked for", () => {
    const text = "The service was bad, and so was the weather.";
    expect(cut(text, fuzzyRanges(text, "serivce"))).toEqual(["service"]);
    expect(fuzzyRanges(text, "unrelated")).toEqual([]);
  });
});

describe("a word without end", () => {
  it("takes time as it is long", () => {
    const word = "a".repeat(300_000);
    expect(fuzzyRanges(word, "aaa")).toEqual([{ start: 0, end: word.length }]);
  });
});

describe("an expression", () => {
  it("marks what it matches, whatever the case, and no empty place", () => {
    const text = "Order 12, order 345";
    expect(cut(text, regexRanges(RE2JS, text, "order \\d+"))).toEqual(["Order 12", "order 345"]);
    expect(regexRanges(RE2JS, text, "x*")).toEqual([]);
    expect(regexRanges(RE2JS, text, "(")).toEqual([]);
  });

  it.each([
    ["ok (a|b)+", null],
    ["no(t", { message: "missing closing ): no(t", column: 1 }],
    ["a[b", { message: "missing closing ]: [b", column: 2 }],
    ["👍x**", { message: "invalid nested repetition operator: **", column: 3 }],
    ["a(?=b)", { message: "invalid or unsupported Perl syntax: (?=", column: 2 }],
  ])("%s is wrong at its character, or right", (regex, problem) => {
    expect(regexProblem(RE2JS, regex)).toEqual(problem);
  });

  it("marks what it finds at once, so that no expression stops the page", () => {
    let time = 0;
    const slow = () => (time += 30);
    const found = regexRanges(RE2JS, "x".repeat(100), "x(.*y)?", slow);
    expect(found.map(({ start }) => start)).toEqual([0, 1, 2]);
    expect(regexRanges(RE2JS, "x".repeat(100), "x(.*y)?", () => 0)).toHaveLength(100);
  });

  it("takes no longer for one that would stall another engine", () => {
    const text = "a".repeat(5000);
    expect(regexRanges(RE2JS, text, "(a+)+$")).toEqual([{ start: 0, end: 5000 }]);
    expect(regexRanges(RE2JS, `${text}b`, "(a+)+$")).toEqual([]);
  });
});

describe("the piece of a text that a row shows", () => {
  it("is its beginning when the first match is there, else begins a little before the match", () => {
    expect(snippetOf("short text", [{ start: 6, end: 10 }])).toEqual({ text: "short text", skipped: 0 });
    const long = `${"word ".repeat(50)}match`;
    const snippet = snippetOf(long, [{ start: 250, end: 255 }]);
    expect(snippet.text.endsWith("match")).toBe(true);
    expect(snippet.text.length).toBeLessThan(60);
    expect(long.slice(snippet.skipped)).toBe(snippet.text);
    expect(snippetOf(long, [])).toEqual({ text: long.slice(0, 400), skipped: 0 });
  });
});
