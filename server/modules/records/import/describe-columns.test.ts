import { describe, expect, it } from "vitest";
import { describeColumns } from "./describe-columns";

const look = (rows: Record<string, string>[]) =>
  describeColumns(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => new Map(Object.entries(row))),
    true,
    new Map(),
  );
const text = (n: number) => `a text that is long enough, number ${n}`;

describe("a column called like an id", () => {
  it("is the id when its values name rows", () => {
    const { columns, warnings } = look([
      { id: "a", text: text(1) },
      { id: "b", text: text(2) },
    ]);
    expect(columns.map(({ suggestion }) => suggestion)).toEqual(["id", "content"]);
    expect(warnings).toEqual([]);
  });

  it("is metadata when they group rows, and that is said", () => {
    const rows = [1, 2, 3, 4].map((n) => ({ user_id: n < 3 ? "u1" : "u2", text: text(n) }));
    const { columns, warnings } = look(rows);
    expect(columns.map(({ suggestion }) => suggestion)).toEqual(["metadata", "content"]);
    expect(warnings).toMatchObject([{ code: "duplicate_ids", column: "user_id" }]);
    expect(warnings[0]?.message).toContain("rows get their number");
  });

  it("is not spoken of when another one is the id", () => {
    const rows = [1, 2, 3, 4].map((n) => ({ id: `${n}`, user_id: "u1", text: text(n) }));
    expect(look(rows).warnings).toEqual([]);
  });
});
