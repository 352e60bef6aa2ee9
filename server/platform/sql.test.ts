import { describe, expect, it } from "vitest";
import { joinSql, rawSql, renderSql, sql } from "./sql";

describe("sql", () => {
  it("numbers the parameters of nested pieces in the order they stand", () => {
    const inner = sql`b = ${"two"} or c = any(${["x", "y"]}::text[])`;
    expect(renderSql(sql`select ${1}::int where (${inner}) and d = ${null}`)).toEqual({
      text: "select $1::int where (b = $2 or c = any($3::text[])) and d = $4",
      params: [1, "two", ["x", "y"], null],
    });
  });

  it("never turns a value into text", () => {
    const hostile = `'; drop table "Record"; -- $1 \${x}`;
    const { text, params } = renderSql(sql`name = ${hostile}`);
    expect(text).toBe("name = $1");
    expect(params).toEqual([hostile]);
  });

  it("joins pieces, and stands in for none", () => {
    expect(renderSql(joinSql([sql`a = ${1}`, sql`b`, sql`c = ${3}`], " and "))).toEqual({
      text: "a = $1 and b and c = $2",
      params: [1, 3],
    });
    expect(renderSql(joinSql([], " and ", "true")).text).toBe("true");
  });

  it("puts a piece of its own text in place, also at both ends", () => {
    expect(renderSql(sql`${rawSql("x")} < ${5} ${rawSql("y")}`)).toEqual({ text: "x < $1 y", params: [5] });
  });
});
