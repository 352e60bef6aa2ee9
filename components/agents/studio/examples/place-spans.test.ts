import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "@/components/spans/testing/any-text";
import { TextPlaces } from "@/components/spans/text-places";
import { type DraftExample, type DraftSpan, draftSpans, isPlaced, withSpans } from "./draft-examples";
import { placesOf, spanOfWords, spanProblem, withText, wordsOf } from "./place-spans";

const TEXT = "🙂 Ann met Anna; Ann left Paris.";
const places = new TextPlaces(TEXT);
const value = ["per"];
const words = (text: string, span: DraftSpan) => wordsOf(new TextPlaces(text), span);
const problemOf = (of: TextPlaces, span: DraftSpan) => spanProblem(of, span, placesOf(of, span));
const example = (text: string, spans: DraftSpan[]): DraftExample => ({ text, labels: { names: spans } });
const spansOf = (edited: DraftExample) => draftSpans(edited, "names") ?? [];

describe("typed words", () => {
  it("become a span in code points, at a whole word and at a place that no other span has", () => {
    const first = spanOfWords(places, " Ann ", value, []);
    expect(first).toEqual({ start: 2, end: 5, value });
    expect(spanOfWords(places, "Ann", value, [first])).toEqual({ start: 16, end: 19, value });
    expect(spanOfWords(places, "paris", value, [])).toEqual({ start: 25, end: 30, value });
  });

  it("are kept as they were typed where they don't stand in the text, with what is wrong", () => {
    const lost = spanOfWords(places, "Bob ", value, []);
    expect(lost).toEqual({ words: "Bob ", value });
    expect(problemOf(places, lost)).toBe("These words are not in the text");
    expect(problemOf(places, { words: " ", value })).toBe("Type words as they stand in the text");
    expect(problemOf(places, { words: "Ann", value })).toBe("These words stand at 3 places: choose where");
    expect(problemOf(places, { start: 2, end: 5, value })).toBeUndefined();
    expect(problemOf(places, { start: 25, end: 99, value })).toContain("not in the text any more");
  });

  it("can be moved to each place where they stand; a place that no words find stays on offer", () => {
    expect(placesOf(places, { start: 16, end: 19, value }).map(({ start }) => start)).toEqual([2, 10, 16]);
    const halved = new TextPlaces("e\u0301");
    expect(placesOf(halved, { start: 0, end: 1, value })).toEqual([{ start: 0, end: 1 }]);
  });
});

describe("an example", () => {
  it("says nothing of a label, or that its text holds no span of it", () => {
    const silent: DraftExample = { text: TEXT, labels: {} };
    expect(draftSpans(silent, "names")).toBeNull();
    expect(draftSpans(withSpans(silent, "names", []), "names")).toEqual([]);
    expect(withSpans(example(TEXT, []), "names", null)).toEqual(silent);
  });
});

describe("a text that is edited", () => {
  const ann: DraftSpan = { start: 2, end: 5, value };
  const paris: DraftSpan = { start: 25, end: 30, value: ["loc"] };

  it("keeps the spans outside of the edit on their words", () => {
    const edited = withText(example(TEXT, [ann, paris]), TEXT.replace("met", "🙂 has met"));
    expect(spansOf(edited)).toEqual([ann, { ...paris, start: 31, end: 36 }]);
  });

  it("loses a span whose words it changes, and finds it where they are typed again", () => {
    const changed = withText(example(TEXT, [ann, paris]), TEXT.replace("Paris", "Paros"));
    expect(spansOf(changed)).toEqual([ann, { words: "Paris", value: ["loc"] }]);
    expect(spansOf(withText(changed, TEXT))).toEqual([ann, paris]);
  });

  it("never moves a span by itself to other words that are alike", () => {
    const changed = withText(example("Ann met Ann", [{ start: 0, end: 3, value }]), "Amy met Ann");
    expect(spansOf(changed)).toEqual([{ words: "Ann", value }]);
    expect(problemOf(new TextPlaces("Amy met Ann"), { words: "Ann", value })).toContain("another place");
  });

  it("leaves the values of whole records alone", () => {
    const edited = withText({ text: "a", labels: { sentiment: ["pos"] } }, "b");
    expect(edited.labels).toEqual({ sentiment: ["pos"] });
  });

  it("drops no span, and never puts one on other words", () => {
    const cases = fc.tuple(anyText, anyText, anyText, anyText, fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(cases, ([head, cut, put, tail, from, to]) => {
        const before = head + cut + tail;
        const span = new TextPlaces(before).snap(from, to, "character");
        if (!span) return;
        const after = head + put + tail;
        const [moved, ...more] = spansOf(withText(example(before, [{ ...span, value }]), after));
        expect(more).toEqual([]);
        expect(moved?.value).toEqual(value);
        if (!moved) return;
        const kept = words(before, { ...span, value });
        // Where words are typed again, letters and white space may differ as they may when a person types them.
        const alike = (text: string) => text.replace(/\s+/gu, " ").toLowerCase().toUpperCase();
        expect(alike(words(after, moved))).toBe(alike(kept));
        if (isPlaced(moved)) expect(problemOf(new TextPlaces(after), moved)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
