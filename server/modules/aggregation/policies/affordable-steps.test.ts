import { expect, it } from "vitest";
import { affordableSteps } from "./affordable-steps";

const tableOf = (patterns: number, raters: number, values: number) => {
  const pattern = { raters: Array(raters).fill(0), given: [], weights: [], records: 1 };
  return { patterns: Array(patterns).fill(pattern), values: Array(values).fill("") };
};

it("lets a preview of much take fewer steps, of very much five", () => {
  expect(affordableSteps(tableOf(0, 0, 0))).toBeGreaterThan(1000);
  expect(affordableSteps(tableOf(2000, 5, 20))).toBe(2000);
  expect(affordableSteps(tableOf(20_000, 10, 20))).toBe(100);
  expect(affordableSteps(tableOf(20_000, 20, 200))).toBe(5);
});
