import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { labelProblem, suspectLabels } from "./label-problem";

const options = (...values: string[]) => values.map((value) => ({ value, text: value }));
const schema: LabelDefinition[] = [
  { name: "sentiment", level: "record", options: options("pos", "neg") },
  { name: "topic", level: "record", multi: true, options: options("a", "b", "c") },
  { name: "person", level: "span", options: options("PER") },
];

describe("labelProblem", () => {
  it.each([
    ["sentiment", "record", ["pos"], null],
    ["sentiment", "record", ["neu"], "option_removed"],
    ["sentiment", "record", ["neg", "pos"], "single_now"],
    ["sentiment", "span", ["pos"], "level_changed"],
    ["topic", "record", ["a", "c"], null],
    ["topic", "record", ["a", "d"], "option_removed"],
    ["person", "span", ["PER"], null],
    ["mood", "record", ["pos"], "label_removed"],
  ] as const)("%s (%s) %j: %s", (label, level, value, problem) => {
    expect(labelProblem(schema, { label, level, value })).toBe(problem);
  });
});

describe("suspectLabels", () => {
  it("names none for a schema that only grew", () => {
    const grown = schema.map((label) => ({
      ...label,
      multi: true,
      options: [...label.options, ...options("x")],
    }));
    expect(suspectLabels(schema, grown)).toEqual([]);
  });

  it("names every label of which some allowed value is no longer allowed", () => {
    const definition = (name: string) =>
      fc.record({
        name: fc.constant(name),
        level: fc.constantFrom("record" as const, "span" as const),
        multi: fc.boolean(),
        options: fc
          .uniqueArray(fc.constantFrom("p", "q", "r", "s"), { minLength: 1 })
          .map((values) => options(...values)),
      });
    const anySchema = fc
      .tuple(definition("one"), definition("two"))
      .chain((both) => fc.subarray(both, { minLength: 1 }));
    fc.assert(
      fc.property(anySchema, anySchema, (before, after) => {
        const values = ["p", "q", "r", "s"].flatMap((a) =>
          ["p", "q", "r", "s"].map((b) => [...new Set([a, b])]),
        );
        const kinds = before.flatMap(({ name, level }) =>
          values.map((value) => ({ label: name, level, value })),
        );
        const broken = kinds.filter(
          (kind) => labelProblem(before, kind) === null && labelProblem(after, kind) !== null,
        );
        const named = suspectLabels(before, after);
        for (const { label } of broken) expect(named).toContain(label);
        for (const { name, options: given, multi } of before)
          if (named.includes(name) && (multi !== true || given.length > 1))
            expect(broken.some(({ label }) => label === name)).toBe(true);
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});
