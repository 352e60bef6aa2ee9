import { describe, expect, it } from "vitest";
import { parseLabelSchema } from "@/contracts/label-schema-forms";
import { schemaTemplates } from "@/contracts/schema-templates";
import { blankLabel, draftOf, draftProblems, isSameSchema, moved, schemaOf } from "./schema-draft";

describe("a schema's draft", () => {
  it.each(schemaTemplates.map((template) => [template.name, template.labels] as const))(
    "keeps %s as it is",
    (_name, labels) => {
      const parsed = parseLabelSchema(labels);
      expect(parsed.ok && isSameSchema(draftOf(labels), parsed.labels)).toBe(true);
      expect(draftProblems(draftOf(labels)).size).toBe(0);
    },
  );

  it("names every wrong field by its path", () => {
    const label = blankLabel();
    const options = label.options.map((option) => ({ ...option, value: "pos", text: "positive" }));
    const problems = draftProblems([
      { ...label, name: "a", options },
      { ...blankLabel(), name: "a" },
    ]);
    expect(problems.get("0.options.1.value")).toMatch(/"pos" stands twice/);
    expect(problems.get("1.options.0.value")).toMatch(/empty/);
  });

  it("says that a name stands twice", () => {
    const [one] = draftOf([{ name: "a", level: "record", options: [{ value: "x", text: "x" }] }]);
    expect(one && draftProblems([one, one]).get("1.name")).toMatch(/"a" stands twice/);
  });

  it("takes the value where the text was left empty", () => {
    const label = blankLabel();
    const options = label.options.map((option, at) => ({ ...option, value: `v${at}` }));
    expect(schemaOf([{ ...label, name: "a", options }])[0]?.options).toEqual([
      { value: "v0", text: "v0" },
      { value: "v1", text: "v1" },
    ]);
  });

  it("moves an item by one place, and none off the list", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });
});
