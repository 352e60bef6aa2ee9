import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "./line-diff";

const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => lines.join("\n"));

describe("diffLines", () => {
  it("gives both texts back: without the added lines the old one, without the removed the new one", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const rebuilt = (dropped: string) =>
          lines
            .filter((line) => line.kind !== dropped)
            .map((line) => line.text)
            .join("\n");
        expect(rebuilt("added")).toBe(before);
        expect(rebuilt("removed")).toBe(after);
      }),
    );
  });

  it("keeps as many lines as the longest common subsequence", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const kept = diffLines(before, after).filter((line) => line.kind === "same").length;
        expect(kept).toBe(longestCommon(split(before), split(after)));
      }),
    );
  });

  it("numbers the lines of each side from 1 without a gap", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        expect(lines.flatMap((line) => line.before ?? [])).toEqual(
          split(before).map((_, index) => index + 1),
        );
        expect(lines.flatMap((line) => line.after ?? [])).toEqual(split(after).map((_, index) => index + 1));
      }),
    );
  });

  it("shows a changed line as removed, then added", () => {
    const kinds = diffLines("one\ntwo\nthree", "one\n2\nthree").map((line) => `${line.kind} ${line.text}`);
    expect(kinds).toEqual(["same one", "removed two", "added 2", "same three"]);
  });
});

function split(value: string): string[] {
  return value === "" ? [] : value.split("\n");
}

/** By definition, without a table: exponential, hence only for short lists. */
function longestCommon(
  one: string[],
  other: string[],
  memo = new Map<string, number>(),
  i = 0,
  j = 0,
): number {
  if (i === one.length || j === other.length) return 0;
  const key = `${i},${j}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const length =
    one[i] === other[j]
      ? 1 + longestCommon(one, other, memo, i + 1, j + 1)
      : Math.max(longestCommon(one, other, memo, i + 1, j), longestCommon(one, other, memo, i, j + 1));
  memo.set(key, length);
  return length;
}
