import { describe, expect, it } from "vitest";
import { type ImportPreview, importQuery } from "@/contracts/imports";
import { choosableTypes, importParams, mappingProblem, suggestedChoices, withRole } from "./mapping";

const column = (name: string, suggestion: "id" | "content" | "metadata" | "skip") => ({
  name,
  type: "string" as const,
  filled: 1,
  suggestion,
  visibility: null,
});
const preview: ImportPreview = {
  format: "csv",
  encoding: "utf-8",
  columns: [
    column("id", "id"),
    column("text", "content"),
    column("a, b", "metadata"),
    column("x:y", "metadata"),
  ],
  rows: [],
  looked: 0,
  sheets: [],
  warnings: [],
};

describe("an import's mapping", () => {
  it("moves the text to the column that is chosen, and keeps the other as metadata", () => {
    const { columns } = suggestedChoices(preview);
    expect(withRole(columns, 2, "content").map(({ role }) => role)).toEqual([
      "id",
      "metadata",
      "content",
      "metadata",
    ]);
  });

  it("says what is missing", () => {
    const choices = suggestedChoices(preview);
    expect(mappingProblem(choices)).toBeUndefined();
    const without = { ...choices, columns: withRole(choices.columns, 1, "skip") };
    expect(mappingProblem(without)).toMatch(/holds the text/);
    const twice = { ...choices, columns: [...choices.columns, ...choices.columns.slice(2, 3)] };
    expect(mappingProblem(twice)).toMatch(/"a, b"/);
  });

  it("is read by the server as it was meant, whatever the names hold", () => {
    const params = importParams(suggestedChoices(preview), {
      name: "f.csv",
      format: "csv",
      encoding: "auto",
      sheet: undefined,
      pasted: false,
    });
    const values = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
    const single = (name: string) => values[name]?.[0];
    const query = importQuery.parse({
      id: single("id"),
      content: single("content"),
      metadata: values.metadata,
      visibility: single("visibility"),
      format: single("format"),
    });
    expect(query).toMatchObject({
      id: "id",
      content: "text",
      metadata: ["a, b", "x:y"],
      visibility: { "a, b": "team", "x:y": "team" },
      format: "csv",
    });
  });

  it("offers vectors for columns that hold arrays of numbers, and what the file tells not at all", () => {
    const rows = [
      ["1", "[0.5,-1]", "[x]", ""],
      ["2", " [ -3, 4…", "[1]", ""],
      ["3", "", "[2]", ""],
    ];
    const offered = (format: ImportPreview["format"]) =>
      [0, 1, 2, 3].map((at) => choosableTypes({ format, rows }, at).join(" "));
    const typed = "string number boolean";
    expect(offered("csv")).toEqual([typed, `${typed} vector`, typed, typed]);
    expect(offered("parquet")).toEqual(["", "vector", "", ""]);
  });

  it("takes keys of later objects too, unless a column is left out", () => {
    const choices = suggestedChoices(preview);
    const file = {
      name: "f.jsonl",
      format: "jsonl",
      encoding: "auto",
      sheet: undefined,
      pasted: false,
    } as const;
    expect(importParams(choices, file).getAll("metadata")).toContain("*");
    const skipping = { ...choices, columns: withRole(choices.columns, 3, "skip") };
    expect(importParams(skipping, file).getAll("metadata")).toEqual(["a, b"]);
  });
});
