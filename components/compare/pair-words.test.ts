import { describe, expect, it } from "vitest";
import { isShown, kappaReason, pairWords, pValue } from "./pair-words";

const format = {
  count: (value: number) => `${value}`,
  decimal: (value: number, digits = 2) => value.toFixed(digits),
};
const pair = {
  a: "",
  b: "",
  n: 30,
  both: 20,
  onlyA: 2,
  onlyB: 4,
  neither: 4,
  difference: -2 / 30,
  interval: [-0.23, 0.1] as [number, number],
  mcnemarP: 0.6875,
  kappa: 0.5,
  overlap: 30,
  conflicts: 6,
};
const names = ["v1", "v2"] as const;

describe("what a paired comparison says", () => {
  it("is that 22 against 24 of 30 shows no difference", () => {
    expect(isShown(pair)).toBe(false);
    expect(pairWords(pair, names, format)).toBe(
      "A difference is not shown on these 30 records: they fit with anything from v2 23.0 points better to v1 10.0 points better.",
    );
  });

  it("names the better one when the test shows it", () => {
    const shown = {
      ...pair,
      n: 100,
      difference: -0.17,
      interval: [-0.25, -0.08] as [number, number],
      mcnemarP: 0.0005,
    };
    expect(pairWords(shown, names, format)).toBe(
      "v2 is right more often than v1: by 17.0 points on the same 100 records.",
    );
    expect(pairWords({ ...shown, difference: 0.17 }, names, format)).toMatch(
      /^v1 is right more often than v2/,
    );
    expect([isShown({ mcnemarP: 0.05 }), isShown({ mcnemarP: 0.0499 })]).toEqual([false, true]);
  });

  it("says why there is nothing to say", () => {
    const none = { ...pair, n: 0, difference: null, interval: null };
    expect(pairWords(none, names, format)).toBe("No record that both labelled has a gold value.");
    expect(pairWords({ ...none, overlap: 0 }, names, format)).toBe("They have labelled no record in common.");
    expect(pairWords({ ...none, mcnemarP: null }, names, format)).toBe(
      "They gave the same value to 24 of 30 records.",
    );
    expect(kappaReason("single_category")).not.toBe(kappaReason("no_overlap"));
  });

  it("never calls p zero", () => {
    expect([0, 0.0009, 0.012, 0.6875].map((p) => pValue(p, format))).toEqual([
      "p < 0.001",
      "p < 0.001",
      "p = 0.012",
      "p = 0.69",
    ]);
  });
});
