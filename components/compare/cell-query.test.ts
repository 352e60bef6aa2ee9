import { describe, expect, it } from "vitest";
import { readQuery } from "@/contracts/read-query";
import { type CellContext, cellQuery, conflictQuery } from "./cell-query";

const job = "01900000-0000-7000-8000-000000000001";
const other = "01900000-0000-7000-8000-000000000002";
const subset = "01900000-0000-7000-8000-000000000003";
const column = (name: string, type: "string" | "number" | "boolean" | "json") => ({
  name,
  type,
  visibility: "gold" as const,
});
const context: CellContext = {
  label: "sentiment",
  gold: { kind: "metadata", name: "truth" },
  metadata: [
    column("truth", "string"),
    column("stars", "number"),
    column("fine", "boolean"),
    column("mixed", "json"),
  ],
  subsetId: null,
};
const given = (value: string[]) => ({ label: { name: "sentiment", op: "==", value, annotators: [job] } });
const cell = { annotatorId: job, gold: "pos", given: "neg" };

describe("the records of a cell", () => {
  it("are those with this gold and this label", () => {
    const found = cellQuery(context, cell);
    expect(found).toEqual({
      query: { and: [{ metadata: { name: "truth", op: "==", value: "pos" } }, given(["neg"])] },
      exact: true,
    });
    expect(readQuery(found.query).problems).toEqual([]);
  });

  it("ask for metadata by its type", () => {
    const asked = (name: string, gold: string) =>
      cellQuery({ ...context, gold: { kind: "metadata", name } }, { ...cell, gold }).query;
    expect(asked("stars", "5")).toMatchObject({ and: [{ metadata: { value: 5 } }, {}] });
    expect(asked("fine", "false")).toMatchObject({ and: [{ metadata: { value: false } }, {}] });
  });

  it("stay within the subset, and compare with another annotator", () => {
    expect(
      cellQuery({ ...context, gold: { kind: "annotator", id: other }, subsetId: subset }, cell).query,
    ).toEqual({
      and: [
        { subset },
        { label: { name: "sentiment", op: "==", value: ["pos"], annotators: [other] } },
        given(["neg"]),
      ],
    });
  });

  it("are at least these where gold can't be asked for", () => {
    for (const gold of [{ kind: "verified" }, { kind: "metadata", name: "mixed" }] as const)
      expect(cellQuery({ ...context, gold }, cell)).toEqual({ query: given(["neg"]), exact: false });
    expect(cellQuery(context, { ...cell, gold: '["a","b"]', given: '["a","b"]' })).toEqual({
      query: given(["a", "b"]),
      exact: false,
    });
  });
});

it("conflicts are asked for by label and the two annotators, whichever is named first", () => {
  const query = conflictQuery("sentiment", [job, other]);
  expect(readQuery(query).problems).toEqual([]);
  expect(conflictQuery("sentiment", [other, job])).toEqual(query);
});
