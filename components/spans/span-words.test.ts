import { describe, expect, it } from "vitest";
import { lookOfSpan, spanSentence, wordsOf } from "./span-words";
import { entityLabels, spanOf } from "./testing/made-spans";
import { TextPlaces } from "./text-places";

const places = new TextPlaces("I work at Acme Corp 👍 in\nParis");
const say = (own: Parameters<typeof spanOf>[0]) =>
  spanSentence(places, entityLabels, spanOf({ start: 10, end: 19, ...own }));

describe("a span in words", () => {
  it("says option, words, place, who, how sure, and what a person said", () => {
    expect(say({ conf: 0.934, verdict: { status: "CONFIRMS", by: "Ann", replaced: null } })).toBe(
      "ORG: Acme Corp, characters 10 to 19, by agent extractor 2, confidence 0.93, confirmed by Ann",
    );
    expect(say({ by: { kind: "user", name: "Bo" }, label: "tone", value: ["warm", "formal"] })).toBe(
      "WARM, FORMAL: Acme Corp, characters 10 to 19, by Bo",
    );
  });

  it("says what stands against it, and what is not durable yet", () => {
    expect(say({ conflict: "Bo marked this as PERSON", unsaved: true })).toMatch(
      /, Bo marked this as PERSON, not saved yet$/,
    );
  });

  it("says of what is no span what it was, and of an option that left the schema its value", () => {
    const replaced = { start: 10, end: 19, value: ["org"] };
    expect(say({ value: [], verdict: { status: "CORRECTS", by: "Ann", replaced } })).toBe(
      "Not ORG: Acme Corp, characters 10 to 19, by agent extractor 2, taken out by Ann",
    );
    expect(say({ value: ["gone"] })).toMatch(/^gone: /);
  });

  it("is on one line, long words without their middle", () => {
    expect(wordsOf(places, { start: 20, end: 30 })).toBe("👍 in Paris");
    const long = wordsOf(new TextPlaces("a".repeat(500)), { start: 0, end: 500 });
    expect(long).toBe(`${"a".repeat(60)} … ${"a".repeat(60)}`);
  });
});

it("is outlined while it is but an agent's word, filled when a person stands for it, dashed when it is none", () => {
  const verdict = { by: "Ann", replaced: null };
  expect(lookOfSpan(spanOf())).toBe("outlined");
  expect(lookOfSpan(spanOf({ verdict: { status: "UNSURE", ...verdict } }))).toBe("outlined");
  expect(lookOfSpan(spanOf({ verdict: { status: "CORRECTS", ...verdict } }))).toBe("filled");
  expect(lookOfSpan(spanOf({ by: { kind: "user", name: "Bo" } }))).toBe("filled");
  expect(lookOfSpan(spanOf({ by: { kind: "imported", name: "gold" } }))).toBe("filled");
  expect(lookOfSpan(spanOf({ value: [] }))).toBe("dashed");
});
