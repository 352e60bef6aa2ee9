import { expect, it } from "vitest";
import { sessionKind } from "./session-kind";

const words = { count: String, share: (value: number) => `${value * 100}%` };

it("says only what sets a session apart", () => {
  expect(sessionKind({ verdictsPerItem: null, blindShare: 0, sample: null }, words)).toEqual([]);
  expect(sessionKind({ verdictsPerItem: 3, blindShare: 0.2, sample: { size: 50, seed: 1 } }, words)).toEqual([
    "Independent, 3 a label",
    "20% blind",
    "Random sample of 50 records",
  ]);
});
