import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fenced, plain, table } from "./markdown";

describe("a text of people in Markdown", () => {
  it.each([
    ["# head", "\\# head"],
    ["a | b", "a \\| b"],
    ["[x](javascript:y)", "\\[x\\]\\(javascript\\:y\\)"],
    ["<img src=x>", "\\<img src\\=x\\>"],
    ["two\nlines\r\n\u2028more", "two lines more"],
  ])("%j is %j", (text, shown) => expect(plain(text)).toBe(shown));

  it("keeps to its cell and its line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const [, , row = "", ...more] = table(["a", "b"], [[plain(text), "end"]]).split("\n");
        expect(more).toEqual([]);
        expect(row.split(/(?<!\\)\|/)).toHaveLength(4);
      }),
    );
  });

  it("in a block can't end it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("`", "```", "\n", "x", "````")), (parts) => {
        const lines = fenced(parts.join("")).split("\n");
        const fence = lines.at(-1) ?? "";
        expect(lines.slice(1, -1).some((line) => line.startsWith(fence))).toBe(false);
      }),
    );
  });
});
