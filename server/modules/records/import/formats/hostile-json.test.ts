import { describe, expect, it } from "vitest";
import { readAs } from "../column-types";
import { JsonArrayReader } from "./json-array-reader";
import { isDeep, MAX_LEVELS } from "./json-depth";
import { parsers } from "./parquet-values";
import { parsePiece } from "./read-json";

const parse = (text: string) => {
  const parsed = parsePiece({ line: 1, text, cut: false }, 1);
  return "values" in parsed ? Object.fromEntries(parsed.values) : parsed.code;
};
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("a row of JSON", () => {
  it("keeps whole numbers that JavaScript can't hold, and only those, as text", () => {
    const row =
      '{"a":12345678901234567890,"b":-12345678901234567,"c":1234567890123456,"d":0.1234567890123456}';
    expect(parse(row)).toEqual({
      a: "12345678901234567890",
      b: "-12345678901234567",
      c: 1234567890123456,
      d: 0.1234567890123456,
    });
    expect(
      parse('{"a":12345678901234567e6,"b":"12345678901234567890","c\\"12345678901234567890":1}'),
    ).toEqual({
      a: Number("12345678901234567e6"),
      b: "12345678901234567890",
      'c"12345678901234567890': 1,
    });
  });

  // Each took minutes when every quote, or every digit, was looked at from anew.
  it.each([
    ["quotes that close nothing", `1234567890123456${'\\"'.repeat(390_000)}`],
    ["a text that is never closed", `{"a":1234567890123456,"${"\\\\".repeat(390_000)}`],
    ["an escape at the very end", `1234567890123456 "${"a".repeat(700_000)}\\`],
    ["very many digits", `{"a":${"1".repeat(780_000)}.x}`],
  ])("of %s is refused", (_what, text) => {
    expect(parse(text)).toBe("bad_json");
  });

  it("is refused when it is nested deeper than anything a person writes", () => {
    expect(parse(`{"a":${nested(MAX_LEVELS - 1)}}`)).toMatchObject({ a: expect.any(Array) });
    expect(parse(`{"a":${nested(MAX_LEVELS)}}`)).toBe("bad_json");
    expect(parse(`{"a":${nested(390_000)}}`)).toBe("bad_json");
  });
});

describe("JSON in a cell", () => {
  it("is none when it is too deep", () => {
    expect(readAs("json", nested(MAX_LEVELS))).toBeDefined();
    expect(readAs("json", nested(5000))).toBeUndefined();
    const bytes = new TextEncoder().encode(nested(5000));
    expect(parsers.jsonFromBytes?.(bytes)).toBe(nested(5000));
    expect(isDeep(JSON.parse(nested(MAX_LEVELS + 1)))).toBe(true);
  });
});

describe("an object of very many members", () => {
  it("without rows is refused, naming the first of them alone", () => {
    const reader = new JsonArrayReader();
    const members = Array.from({ length: 5000 }, (_, at) => `"m${at}":${at}`);
    expect([...reader.push(`{${members.join(",")}}`)]).toEqual([]);
    expect(() => reader.end()).toThrow(/\(it has: m0, m1, .*, m19\)/);
  });
});
