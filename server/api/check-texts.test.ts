import { describe, expect, it } from "vitest";
import { textProblems } from "./check-texts";

describe("what a caller sends", () => {
  it("is told each place with a text that no database can hold", () => {
    expect(
      textProblems({
        name: "a\0b",
        items: [{ value: "fine 🙂" }, { value: "half \ud83d" }],
        metadata: { "x\0": 1 },
      }),
    ).toEqual([
      { path: "metadata", message: "holds a name that is not valid Unicode without U+0000" },
      { path: "items.1.value", message: "must be valid Unicode without U+0000" },
      { path: "name", message: "must be valid Unicode without U+0000" },
    ]);
  });

  it.each([undefined, null, 1, true, "text", [], {}, { a: [{ b: "c" }] }])("%j is fine", (input) => {
    expect(textProblems(input)).toEqual([]);
  });

  it("nested without end is refused, and walked through in any case", () => {
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(textProblems({ query: deep })).toEqual([
      { path: "query.0.0.0.0.0.0.0.0.0", message: "is nested deeper than 100 levels" },
    ]);
  });

  it("with very many wrong places is told some", () => {
    expect(textProblems(Array.from({ length: 1000 }, () => "\0"))).toHaveLength(20);
  });
});
