import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignSpans, type SpanClaim } from "./align-spans";

const place = (text: string, claim: SpanClaim) => {
  const [found] = alignSpans(text, [claim]);
  if (!found?.ok) return found?.reason;
  return `${[...text].slice(found.start, found.end).join("")} @${found.start} ${found.method}`;
};

describe("where a quote stands", () => {
  it.each<[string, SpanClaim, string]>([
    ["Ann went to Paris.", { quote: "Paris" }, "Paris @12 exact"],
    ["Ann 🙂 went to Paris.", { quote: "Paris" }, "Paris @14 exact"],
    ["Ann went to Paris.", { quote: "Paris", start: 3 }, "Paris @12 exact"],
    ["Ann and Ann", { quote: "Ann" }, "ambiguous_quote"],
    ["Ann and Ann", { quote: "Ann", start: 8 }, "Ann @8 offset"],
    ["🙂 Ann and Ann", { quote: "Ann", start: 10 }, "Ann @10 offset"],
    ["Ann and Ann", { quote: "Ann", start: 7 }, "ambiguous_quote"],
    ["Ann and Ann", { quote: "Ann", occurrence: 2 }, "Ann @8 occurrence"],
    ["Ann and Ann", { quote: "Ann", occurrence: 3 }, "no_such_occurrence"],
    ["Ann and Ann", { quote: "Ann", occurrence: 1, start: 8 }, "conflicting_place"],
    ["Ann went home", { quote: "Ann", occurrence: 2 }, "no_such_occurrence"],
    ["A party, art and art", { quote: "art", occurrence: 2 }, "ambiguous_quote"],
    ["aaa", { quote: "aa", occurrence: 1 }, "ambiguous_quote"],
    ["Ann went to PARIS.", { quote: "Paris" }, "PARIS @12 normalised"],
    ["the  New\n York  Times", { quote: "new york" }, "New\n York @5 normalised"],
    ["He said “it's fine”.", { quote: '"it’s fine"' }, "“it's fine” @8 normalised"],
    ["a cafe\u0301 here", { quote: "café" }, "cafe\u0301 @2 normalised"],
    ["a cafe\u0301 here", { quote: "cafe" }, "quote_not_found"],
    ["PARIS and paris", { quote: "Paris" }, "ambiguous_quote"],
    ["PARIS and paris", { quote: "Paris", start: 10 }, "paris @10 normalised"],
    ["the famly 👨‍👩‍👧 here", { quote: "👩" }, "quote_not_found"],
    ["thumbs 👍🏽 up", { quote: "👍" }, "quote_not_found"],
    ["ברוכים הבאים לירושלים", { quote: "לירושלים" }, "לירושלים @13 exact"],
    ["The delayed flight to Boston was late.", { quote: "deleyd fligth to Boston" }, "quote_not_found"],
    [
      "The delayed flight to Boston was late.",
      { quote: "delayed flght to Boston" },
      "delayed flight to Boston @4 fuzzy",
    ],
    ["We met in March 2018 in Rome.", { quote: "met in March 2019 in Rome" }, "quote_not_found"],
    [
      "a delayed flight to Boston, a delayed flght to Boston",
      { quote: "delayed fliight to Boston" },
      "ambiguous_quote",
    ],
    ["nothing like it", { quote: "Paris" }, "quote_not_found"],
    ["text", { quote: "  " }, "empty_quote"],
    ["text \ud83d", { quote: "\ud83d" }, "empty_quote"],
  ])("%j %j: %s", (text, claim, expected) => expect(place(text, claim)).toBe(expected));

  it("says how alike a quote is that is wrong somewhere", () => {
    const [found] = alignSpans("The delayed flight to Boston was late.", [
      { quote: "delayed flght to Boston" },
    ]);
    expect(found).toMatchObject({ method: "fuzzy", score: 1 - 1 / 23 });
  });
});

/** Words of several scripts, with emoji, combining marks and marks of direction. */
const piece = fc.constantFrom(
  "Ann",
  "ann",
  "café",
  "cafe\u0301",
  "naïve",
  "🙂",
  "👨‍👩‍👧",
  "👍🏽",
  "🇫🇷",
  "שלום",
  "مرحبا",
  "\u200f",
  "東京",
  "ไทย",
  " ",
  "  ",
  "\n",
  "“",
  '"',
  "’",
  "-",
  "—",
  "é",
  "e",
  "\u0301",
  "İ",
  "ß",
  "SS",
  "a",
  "aa",
  "1",
  "12",
);
const text = fc.array(piece, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(""));
/** A stretch of the text that a person could have marked: whole graphemes. */
const marked = fc.tuple(text, fc.nat(), fc.nat()).map(([whole, from, length]) => {
  const segments = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(whole)].map(
    ({ segment }) => segment,
  );
  const first = from % segments.length;
  const last = first + 1 + (length % Math.min(12, segments.length - first));
  const before = segments.slice(0, first).join("");
  const quote = segments.slice(first, last).join("");
  return { whole, quote, start: [...before].length, end: [...(before + quote)].length };
});
const occurrenceOf = (whole: string, quote: string, start: number) => {
  const from = [...whole].slice(0, start).join("").length;
  let count = 0;
  for (let at = whole.indexOf(quote); at >= 0 && at <= from; at = whole.indexOf(quote, at + 1)) count++;
  return count;
};

it("gives up on a thousand long quotes that are nowhere, in bounded time", () => {
  const text = "the quick brown fox jumps over the lazy dog. ".repeat(2_200);
  const claims = Array.from({ length: 1000 }, (_, at) => ({ quote: `${text.slice(0, 400)} ${at} nowhere` }));
  expect(alignSpans(text, claims).every((found) => !found.ok)).toBe(true);
});

describe("for any text", () => {
  it("an exact quote gives its own place or none, with the right offset always its own", () => {
    fc.assert(
      fc.property(marked, ({ whole, quote, start, end }) => {
        fc.pre(quote.trim() === quote);
        const [bare, placed, counted] = alignSpans(whole, [
          { quote },
          { quote, start },
          { quote, occurrence: occurrenceOf(whole, quote, start) },
        ]);
        if (bare?.ok) expect(bare).toMatchObject({ start, end });
        if (placed?.ok) expect(placed).toMatchObject({ start, end });
        // Only where a reader would see another character does an exact quote have no place.
        else expect(placed?.reason).not.toBe("ambiguous_quote");
        if (counted?.ok) expect(counted).toMatchObject({ start, end });
      }),
      { numRuns: 4000, seed: 51 },
    );
  });

  it("a quote in another case, composition or spacing gives its own place or none", () => {
    const changes = fc.constantFrom<(quote: string) => string>(
      (quote) => quote.toUpperCase(),
      (quote) => quote.toLowerCase(),
      (quote) => quote.normalize("NFD"),
      (quote) => quote.normalize("NFC"),
      (quote) => quote.replace(/\s+/gu, " "),
      (quote) => quote.replace(/[“”]/gu, '"').replace(/’/gu, "'"),
    );
    fc.assert(
      fc.property(marked, changes, ({ whole, quote, start, end }, change) => {
        const changed = change(quote);
        fc.pre(
          quote.trim() === quote && changed.trim() === changed && changed !== "" && !whole.includes(changed),
        );
        const [found] = alignSpans(whole, [{ quote: changed }]);
        if (!found?.ok || found.method === "fuzzy") return;
        const shown = [...whole]
          .slice(found.start, found.end)
          .join("")
          .replace(/\u200f/gu, "");
        const own = [...whole]
          .slice(start, end)
          .join("")
          .replace(/\u200f/gu, "");
        expect(shown.replace(/\s+/gu, " ").toUpperCase().normalize("NFC")).toBe(
          own.replace(/\s+/gu, " ").toUpperCase().normalize("NFC"),
        );
      }),
      { numRuns: 4000, seed: 52 },
    );
  });

  it("a quote with one letter wrong gives its own place or none", () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z]{4,9}$/), { minLength: 12, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), fc.constantFrom("x", "", "xy"), (all, from, wrong, put) => {
        const whole = all.join(" ");
        const first = from % (all.length - 5);
        const quote = all.slice(first, first + 5).join(" ");
        const start = all.slice(0, first).join(" ").length + (first > 0 ? 1 : 0);
        const at = wrong % quote.length;
        fc.pre(quote[at] !== " " && quote[at] !== put);
        const changed = quote.slice(0, at) + put + quote.slice(at + 1);
        // A word without its first or last letter may stand there as it is.
        fc.pre(!whole.includes(changed));
        const [found] = alignSpans(whole, [{ quote: changed }]);
        if (found?.ok) expect(found).toMatchObject({ start, end: start + quote.length });
      }),
      { numRuns: 1500, seed: 53 },
    );
  });

  it("no claim throws, and every place lies in the text", () => {
    const claim = fc.record({
      quote: fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), text),
      start: fc.option(fc.integer({ min: -5, max: 200 }), { nil: undefined }),
      occurrence: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(text, fc.array(claim, { maxLength: 8 }), (whole, claims) => {
        const length = [...whole].length;
        for (const found of alignSpans(whole, claims)) {
          if (!found.ok) continue;
          expect(found.start).toBeGreaterThanOrEqual(0);
          expect(found.end).toBeGreaterThan(found.start);
          expect(found.end).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 1500, seed: 54 },
    );
  });
});
