import { expect, it } from "vitest";
import { normalizeValue } from "./label-value";

it("keeps each option once, in the order of code points", () => {
  expect(normalizeValue(["neu", "neg", "neu", "Pos"])).toEqual(["Pos", "neg", "neu"]);
  expect(normalizeValue(["😀", "\uFFFD"])).toEqual(["\uFFFD", "😀"]);
  expect(normalizeValue([])).toEqual([]);
});
