import { expect, it } from "vitest";
import { byCodePoint, normalizeValue } from "./label-value";

it("keeps each option once, in the order of code points", () => {
  expect(normalizeValue(["neu", "neg", "neu", "Pos"])).toEqual(["Pos", "neg", "neu"]);
  expect(normalizeValue([])).toEqual([]);
});

it("sorts a character beyond U+FFFF after U+FFFD, where UTF-16 units would put it before", () => {
  expect(["😀", "\uFFFD"].sort()).toEqual(["😀", "\uFFFD"]);
  expect(["😀", "\uFFFD"].sort(byCodePoint)).toEqual(["\uFFFD", "😀"]);
  expect(byCodePoint("a", "ab")).toBeLessThan(0);
  expect(byCodePoint("same", "same")).toBe(0);
});
