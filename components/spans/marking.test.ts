import { describe, expect, it } from "vitest";
import { differs, markStretch, withOption } from "./marking";
import { entityLabels, spanOf } from "./testing/made-spans";

const brush = { label: "entity", value: "org" };

describe("marking a stretch", () => {
  it("adds a span, over others too", () => {
    const inner = spanOf({ id: "x", start: 2, end: 4, value: ["org"] });
    expect(markStretch([inner], entityLabels, { start: 0, end: 6 }, brush)).toEqual({
      kind: "add",
      span: { label: "entity", value: ["org"], start: 0, end: 6 },
    });
  });

  it("changes the label's span with these borders, and adds none where it says so already", () => {
    const there = spanOf({ id: "x", start: 0, end: 6, value: ["person"] });
    expect(markStretch([there], entityLabels, { start: 0, end: 6 }, brush)).toEqual({
      kind: "change",
      id: "x",
      change: { start: 0, end: 6, value: ["org"] },
    });
    expect(markStretch([{ ...there, value: ["org"] }], entityLabels, { start: 0, end: 6 }, brush)).toEqual({
      kind: "there",
      id: "x",
    });
  });

  it("leaves another label's span and one that may not be changed alone", () => {
    const stretch = { start: 0, end: 6 };
    const other = spanOf({ id: "x", label: "tone", value: ["warm"], ...stretch });
    const fixed = spanOf({ id: "y", value: ["person"], editable: false, ...stretch });
    expect(markStretch([other, fixed], entityLabels, stretch, brush).kind).toBe("add");
  });

  it("marks anew what a person said is no span", () => {
    const rejected = spanOf({ id: "x", start: 0, end: 6, value: [] });
    expect(markStretch([rejected], entityLabels, { start: 0, end: 6 }, brush)).toMatchObject({
      kind: "change",
      id: "x",
    });
  });
});

describe("an option chosen for a span", () => {
  it("replaces the one that it has", () => {
    expect(withOption(spanOf({ value: ["person"] }), entityLabels, "org").value).toEqual(["org"]);
  });

  it("is put in or taken out where a label may have several, but not the last", () => {
    const warm = spanOf({ label: "tone", value: ["warm"] });
    const both = withOption(warm, entityLabels, "formal");
    expect(both.value).toEqual(["warm", "formal"]);
    expect(withOption({ ...warm, ...both }, entityLabels, "warm").value).toEqual(["formal"]);
    expect(withOption(warm, entityLabels, "warm").value).toEqual(["warm"]);
  });
});

it("knows a change that changes nothing", () => {
  const span = spanOf({ start: 1, end: 3, value: ["a", "b"] });
  expect(differs(span, { start: 1, end: 3, value: ["b", "a"] })).toBe(false);
  expect(differs(span, { start: 1, end: 4, value: ["a", "b"] })).toBe(true);
  expect(differs(span, { start: 1, end: 3, value: ["a"] })).toBe(true);
});
