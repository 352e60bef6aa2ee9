import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Handle,
  handleFor,
  mentionedIds,
  mentionsAsMarkdown,
  openMention,
  toEditable,
  toStored,
} from "./mentions";

const ada = { id: "0190a000-0000-7000-8000-000000000001", name: "Ada" };
const adaLovelace = { id: "0190a000-0000-7000-8000-000000000002", name: "Ada Lovelace" };
const otherAda = { id: "0190a000-0000-7000-8000-000000000003", name: "Ada" };
const star = { id: "0190a000-0000-7000-8000-000000000004", name: "Lea * [x](y)" };
const everybody = [ada, adaLovelace, otherAda, star];

describe("what a text mentions", () => {
  it("is each id once, in order, in lower case, and nothing that only looks like one", () => {
    const text = `@{${adaLovelace.id.toUpperCase()}} and @{${ada.id}}, @{${adaLovelace.id}} @Ada @{ada} {${ada.id}}`;
    expect(mentionedIds(text)).toEqual([adaLovelace.id, ada.id]);
  });

  it("reads as the names of today, and as somebody when unknown", () => {
    expect(mentionsAsMarkdown(`@{${ada.id}}, see @{${star.id}}`, [ada])).toBe("**@Ada**, see **@somebody**");
  });

  it("is bold in Markdown, and a name stays a name", () => {
    expect(mentionsAsMarkdown(`@{${star.id}}: look`, everybody)).toBe("**@Lea \\* \\[x\\]\\(y\\)**: look");
  });
});

describe("an editor", () => {
  it("stores the longest name that fits, and not the beginning of a longer word", () => {
    const handles = [handleFor(ada, []), handleFor(adaLovelace, [])];
    expect(toStored("@Ada Lovelace, @Ada. @Adam @ada", handles)).toBe(
      `@{${adaLovelace.id}}, @{${ada.id}}. @Adam @ada`,
    );
  });

  it("tells two people of one name apart by a number", () => {
    const first = handleFor(ada, []);
    const second = handleFor(otherAda, [first]);
    expect(second.handle).toBe("Ada (2)");
    expect(handleFor(ada, [first, second])).toBe(first);
    expect(toStored("@Ada (2) @Ada", [first, second])).toBe(`@{${otherAda.id}} @{${ada.id}}`);
  });

  it("gives a stored text back as it was, whoever is mentioned in it", () => {
    const words = fc.constantFrom(" ", ", ", "\n", " (see) ", " 😀 ", " **a** ");
    const part = fc.oneof(
      words,
      fc.constantFrom(...everybody).map(({ id }) => `@{${id}}`),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        // Between two mentions there is a sign that ends a name.
        const body = parts.join(" ");
        const { text, handles } = toEditable(body, everybody);
        expect(toStored(text, handles)).toBe(body);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("never mentions who was not picked", () => {
    const none: Handle[] = [];
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(toStored(text, none)).toBe(text);
      }),
      { seed: 7 },
    );
  });
});

describe("the mention that is being typed", () => {
  it.each([
    ["@", 1, { at: 0, words: "" }],
    ["Hello @ad", 9, { at: 6, words: "ad" }],
    ["Hello @Ada Lo", 13, { at: 6, words: "Ada Lo" }],
    ["Hello @ad and more", 9, { at: 6, words: "ad" }],
    ["me@example", 10, null],
    ["no sign", 7, null],
    ["@one two three four", 19, null],
    ["@ad\nnext", 8, null],
    ["@ ad", 4, null],
  ])("of %j at %i is %j", (text, cursor, expected) => {
    expect(openMention(text, cursor)).toEqual(expected);
  });
});
