import { describe, expect, it } from "vitest";
import { isAppError } from "@/server/platform/errors";
import { parseQuery } from "../parse-query";
import { MAX_WEIGHT, regexWeight } from "./regex-weight";
import { translateRegex } from "./translate-regex";

describe("the weight of an expression", () => {
  it.each([
    ["abc", 3],
    ["", 0],
    ["\\d\\pL", 101],
    ["\\p{Greek}x", 101],
    ["[ab]{10}", 20],
    ["[^a]", 21],
    ["a{1000}", 1000],
    ["a{2,5}b", 6],
    ["a{3,}", 4],
    ["a{0}", 1],
    ["(?:ab){10}", 40],
    ["((a{10}){10}){10}", 1000],
    ["(?:\\pL{100}){10}", 100_020],
    // Wrong ones are weighed as well, before anything reads them.
    ["((((((", 0],
    [")))a{2}", 2],
    ["\\", 1],
    ["{5}", 0],
  ])("%s is %d", (regex, weight) => {
    expect(regexWeight(regex)).toBe(weight);
  });

  it("takes time in proportion to its length", () => {
    expect(regexWeight("({9".repeat(100_000))).toBeGreaterThan(0);
    expect(regexWeight("a{1000}".repeat(100_000))).toBe(100_000_000);
  });
});

describe("an expression that is too heavy to be read", () => {
  it("is refused before it is read, one as well as many together", () => {
    expect(regexWeight("a{1000}".repeat(142))).toBeGreaterThan(MAX_WEIGHT);
    expect(translateRegex("a{1000}".repeat(142))).toMatchObject({ code: "unsupported_regex" });
    const four = { or: Array.from({ length: 4 }, (_, at) => ({ regex: `${at}${"a{1000}".repeat(3)}` })) };
    const problem = (() => {
      try {
        return parseQuery(four);
      } catch (error) {
        return isAppError(error) ? [error.code, error.errors?.[0]?.path] : error;
      }
    })();
    expect(problem).toEqual(["unsupported_regex", "query.or.3.regex"]);
    expect(parseQuery({ or: four.or.slice(0, 3) })).not.toBeNull();
  });
});
