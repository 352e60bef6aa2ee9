import { describe, expect, it } from "vitest";
import { isAppError } from "@/server/platform/errors";
import { parseQuery } from "./parse-query";

const id = "018f0000-0000-7000-8000-000000000001";

/** Paths of what is wrong. */
function pathsOf(json: unknown): string[] {
  try {
    parseQuery(json);
    return [];
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid_query") throw error;
    return (error.errors ?? []).map(({ path }) => path);
  }
}

const nested = (depth: number): unknown => (depth === 0 ? { keyword: "a" } : { not: nested(depth - 1) });

describe("parseQuery", () => {
  it("takes nothing and {} as every record", () => {
    expect([parseQuery(undefined), parseQuery(null), parseQuery({})]).toEqual([null, null, null]);
  });

  it("fills in what may be left out", () => {
    expect(parseQuery({ verification: { label: "a" } })).toEqual({
      verification: { label: "a", mode: "ALL" },
    });
  });

  it.each([
    ["an unknown key", { and: [{ keyword: "a" }, { colour: 1 }] }, ["query.and.1.colour"]],
    ["an unknown key inside", { metadata: { name: "a", op: "exists", x: 1 } }, ["query.metadata.x"]],
    ["an empty group", { or: [] }, ["query.or"]],
    ["a group that is no list", { and: { keyword: "a" } }, ["query.and"]],
    ["two predicates in one node", { keyword: "a", ids: [id] }, ["query"]],
    ["a group and a predicate in one node", { and: [{ keyword: "a" }], keyword: "b" }, ["query"]],
    ["no object", { and: ["a"] }, ["query.and.0"]],
    ["an empty object inside", { not: {} }, ["query.not"]],
    ["an empty keyword", { keyword: "" }, ["query.keyword"]],
    [
      "an unknown operator",
      { and: [{ metadata: { name: "a", op: "~", value: 1 } }] },
      ["query.and.0.metadata.op"],
    ],
    ["a missing value", { metadata: { name: "a", op: "<" } }, ["query.metadata.value"]],
    ["a null value", { metadata: { name: "a", op: "==", value: null } }, ["query.metadata.value"]],
    ["a label without a value", { label: { name: "a", op: "==" } }, ["query.label.value"]],
    ["U+0000", { not: { keyword: "a\0" } }, ["query.not.keyword"]],
    ["no id", { ids: ["7"] }, ["query.ids.0"]],
    ["no time", { createdAt: { op: "<", value: "yesterday" } }, ["query.createdAt.value"]],
    ["an empty regex", { and: [{ keyword: "a" }, { regex: "" }] }, ["query.and.1.regex"]],
    ["several mistakes at once", { or: [{ keyword: 1 }, { x: 1 }] }, ["query.or.0.keyword", "query.or.1.x"]],
  ])("refuses %s and says where", (_what, json, paths) => {
    expect(pathsOf(json)).toEqual(paths);
  });

  it("refuses more than 20 levels and more than 200 conditions", () => {
    expect(pathsOf(nested(19))).toEqual([]);
    expect(pathsOf(nested(20))).toHaveLength(1);
    const many = (count: number) => ({ and: Array.from({ length: count }, () => ({ keyword: "a" })) });
    expect(pathsOf(many(199))).toEqual([]);
    expect(pathsOf(many(200))).toHaveLength(1);
    expect(pathsOf(many(5000))).toHaveLength(1);
  });

  it("names the place the caller gives it", () => {
    expect(() => parseQuery({ x: 1 }, "filter")).toThrow(/filter\.x/);
  });
});
