import { describe, expect, it } from "vitest";
import { agreementReason, alphaWords, kappaStep } from "./agreement-words";

const format = { share: (value: number, digits = 1) => `${(100 * value).toFixed(digits)}%` };
const words = (value: number, interval: [number, number] | null, reason: "too_few_records" | null = null) =>
  alphaWords({ value, interval, reason }, format);

describe("what α says", () => {
  it("is how often they differ, and where the interval lies", () => {
    expect(words(0.85, [0.81, 0.9])).toBe(
      "They differ 15% as often as chance would make them. The whole interval lies above 0.80, from which on Krippendorff relies on labels.",
    );
    expect(words(0.7, [0.668, 0.79])).toContain("between 0.667 and 0.80");
    expect(words(0.3, [0.1, 0.5])).toContain("below 0.667");
    expect(words(0.78, [0.7, 0.84])).toContain("reaches over 0.80");
    expect(words(0.68, [0.6, 0.75])).toContain("reaches under 0.667");
    expect(words(0.7, [0.4, 0.9])).toContain("is wide");
  });

  it("names full agreement and none beyond chance", () => {
    expect(words(1, null, "too_few_records")).toBe(
      "They never differ. There is no interval: it needs at least 10 records.",
    );
    expect(words(-0.1, [-0.3, 0.1])).toMatch(/^They agree no more often than chance would make them\./);
  });

  it("is the reason where there is none", () => {
    expect(alphaWords({ value: null, interval: null, reason: "no_overlap" }, format)).toBe(
      "No record was labelled by two of them.",
    );
    expect(agreementReason("single_category")).toContain("one and the same value");
  });
});

it("shades κ in steps of a fifth, and nothing that is no better than chance", () => {
  expect([-1, -0.01, 0, 0.19, 0.2, 0.79, 0.8, 1].map(kappaStep)).toEqual([0, 0, 1, 1, 2, 4, 5, 5]);
});
