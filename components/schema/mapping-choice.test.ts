import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { SchemaEffect } from "@/contracts/schema-effects";
import { effectKey, mappingTargets, rulesOf } from "./mapping-choice";

const options = (...values: string[]) => values.map((value) => ({ value, text: value.toUpperCase() }));
const after: LabelDefinition[] = [
  { name: "mood", level: "record", options: options("good", "bad") },
  { name: "topic", level: "record", multi: true, options: options("a", "b", "c") },
  { name: "person", level: "span", options: options("per") },
];
const effect = (label: string, value: string[], more: Partial<SchemaEffect> = {}): SchemaEffect => ({
  label,
  level: "record",
  value,
  problem: "option_removed",
  labels: 1,
  annotators: [],
  ...more,
});

describe("mappingTargets", () => {
  it("offers what is left of a set first, then each option", () => {
    expect(mappingTargets(effect("topic", ["a", "b", "x"]), after).map(({ text, to }) => [text, to])).toEqual(
      [
        ["A + B", ["a", "b"]],
        ["A", ["a"]],
        ["B", ["b"]],
        ["C", ["c"]],
      ],
    );
  });
  it("offers other labels of the level, by name, for a label that is gone", () => {
    const texts = mappingTargets(effect("sentiment", ["pos"], { problem: "label_removed" }), after).map(
      ({ text }) => text,
    );
    expect(texts).toEqual(["mood: GOOD", "mood: BAD", "topic: A", "topic: B", "topic: C"]);
    expect(mappingTargets(effect("place", ["loc"], { level: "span" }), after).map(({ to }) => to)).toEqual([
      ["per"],
    ]);
  });
});

describe("rulesOf", () => {
  it("makes a rule of each choice and none of what is left alone", () => {
    const gone = effect("sentiment", ["pos"]);
    const shrunk = effect("topic", ["x"]);
    const [, bad] = mappingTargets(gone, after);
    const [, b] = mappingTargets(shrunk, after);
    const chosen = new Map([
      [effectKey(gone), bad?.key ?? ""],
      [effectKey(shrunk), b?.key ?? ""],
    ]);
    expect(rulesOf([gone, shrunk, effect("topic", ["y"])], after, chosen)).toEqual([
      { label: "sentiment", from: ["pos"], toLabel: "mood", to: ["bad"] },
      { label: "topic", from: ["x"], to: ["b"] },
    ]);
  });
});
