import { describe, expect, it } from "vitest";
import { groundsOf } from "./estimate-words";

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;
const estimate = {
  asOf: "2026-01-01T00:00:00.000Z",
  n: 40,
  jobId: "j",
  label: "sentiment",
  population: 400,
  basis: "blind" as const,
  selection: "random" as const,
  correct: 36,
  unsure: 0,
  together: 0,
  accuracy: { value: 0.9, interval: null, method: null, reason: null },
  always: { interval: null, reason: null },
  shares: [],
  strata: [],
  reason: null,
};

describe("groundsOf", () => {
  it("says how many labels, how they were chosen and whether people saw them first", () => {
    expect(groundsOf(estimate, counted)).toEqual([
      "Rests on 40 labels checked at random, of 400 labels.",
      "People decided before they saw what the agent gave.",
    ]);
    const [grounds, seen] = groundsOf({ ...estimate, basis: "verified", selection: "chosen" }, counted);
    expect(grounds).toMatch(/nothing else decided/);
    expect(seen).toMatch(/saw what the agent gave first/);
  });

  it("says what is left out, also where nothing else is there", () => {
    const left = [
      "Not in it: 1 label on which people can't tell.",
      expect.stringMatching(/9 labels verified/),
    ];
    expect(groundsOf({ ...estimate, unsure: 1, together: 9 }, counted).slice(2)).toEqual(left);
    expect(groundsOf({ ...estimate, basis: null, selection: null, unsure: 1, together: 9 }, counted)).toEqual(
      left,
    );
  });
});
