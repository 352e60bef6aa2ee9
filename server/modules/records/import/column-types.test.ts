import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ColumnTypes, isPlainNumber, readAs } from "./column-types";

describe("isPlainNumber", () => {
  it.each(["0", "-1", "1.5", "-0.25", "9007199254740991"])("takes %s", (text) => {
    expect(isPlainNumber(text)).toBe(true);
  });
  it.each([
    "007",
    "1e5",
    "+1",
    "1.50",
    ".5",
    "5.",
    "-0",
    "",
    " 1",
    "9007199254740993",
    "9007199254740994",
    "NaN",
  ])("leaves %j a text", (text) => expect(isPlainNumber(text)).toBe(false));
  it("takes only what reads back as it stood", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (text) => {
        if (isPlainNumber(text)) expect(JSON.stringify(Number(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("ColumnTypes", () => {
  const typeOf = (values: (string | number | boolean | null)[], fromText: boolean) => {
    const types = new ColumnTypes(fromText);
    for (const value of values) types.note(new Map([["x", value]]), new Set());
    return types.found().get("x");
  };
  it.each([
    [["1", "2.5"], "number"],
    [["1", "x"], "string"],
    [["true", "false"], "boolean"],
    [["true", "1"], "string"],
    [["yes"], "string"],
  ] as const)("of the texts %j is %s", (values, type) => expect(typeOf([...values], true)).toBe(type));
  it.each([
    [[1, 2], "number"],
    [["1", "2"], "string"],
    [[1, "2"], "json"],
    [[true], "boolean"],
  ] as const)("of the values %j is %s", (values, type) => expect(typeOf([...values], false)).toBe(type));
});

describe("readAs", () => {
  it("refuses what does not fit, by undefined", () => {
    expect(readAs("number", "007")).toBe(7);
    expect(readAs("number", "x")).toBeUndefined();
    expect(readAs("number", " ")).toBeUndefined();
    expect(readAs("boolean", "true")).toBe(true);
    expect(readAs("boolean", "1")).toBeUndefined();
    expect(readAs("json", '{"a":1}')).toEqual({ a: 1 });
    expect(readAs("json", "{")).toBeUndefined();
  });
});
