import { describe, expect, it } from "vitest";
import type { AcceptStep } from "@/contracts/acceptance";
import { evidenceWords, hoursWords, planWords, restQuery, sampleSize, toldSteps } from "./accept-words";

const format = {
  count: (value: number) => value.toLocaleString("en"),
  counted: (value: number, one: string, many = `${one}s`) => `${value} ${value === 1 ? one : many}`,
  share: (value: number, digits = 1) => `${(100 * value).toFixed(digits)}%`,
};
const plan = { epsilon: 0.02, alpha: 0.05, accepted: 41_200, toVerify: 8_800, hours: 6.2 };

describe("the promise in words", () => {
  it("says what is accepted, what is left, and how long that takes", () => {
    expect(planWords(plan, format)).toBe(
      "≤ 2% errors at 95% confidence: accept 41,200, verify 8,800, about 6 h",
    );
    expect(planWords({ ...plan, epsilon: 0.025, hours: null }, format)).toBe(
      "≤ 2.5% errors at 95% confidence: accept 41,200, verify 8,800",
    );
    expect(planWords({ ...plan, toVerify: 0, hours: 0 }, format)).toMatch(/and nothing is left to verify$/);
    expect(planWords({ ...plan, accepted: null }, format)).toBeNull();
    expect([hoursWords(0.5), hoursWords(0.001), hoursWords(1.6)]).toEqual([
      "about 30 min",
      "about 1 min",
      "about 2 h",
    ]);
  });

  it("says what it rests on", () => {
    expect(evidenceWords({ checked: 149, errors: 0, bound: 0.0199 }, format)).toBe(
      "Of these, 149 labels were drawn at random and verified blind: 0 wrong, so at most 1.99% of all.",
    );
  });
});

describe("what is missing", () => {
  it("draws more where some were checked already, and never more than there are", () => {
    expect(sampleSize({ needed: 59, total: 1000, n: 0 })).toBe(59);
    expect(sampleSize({ needed: 59, total: 1000, n: 500 })).toBe(118);
    expect(sampleSize({ needed: 60, total: 100, n: 50 })).toBe(100);
    expect(sampleSize({ needed: null, total: 100, n: 50 })).toBeNull();
    expect(sampleSize({ needed: 0, total: 100, n: 50 })).toBeNull();
  });
});

it("the rest are labels below the threshold, without a confidence too, that nobody verified", () => {
  expect(restQuery({ jobId: "j", label: "topic" }, 0.8)).toEqual({
    and: [
      { label: { name: "topic", op: "exists", annotators: ["j"] } },
      { not: { labelMetadata: { label: "topic", name: "conf", op: ">=", value: 0.8, annotators: ["j"] } } },
      { verification: { label: "topic", mode: "UNVERIFIED", jobIds: ["j"] } },
    ],
  });
});

it("a table tells a step for each tenth, the chosen one and the last", () => {
  const curve = Array.from(
    { length: 49 },
    (_, at): AcceptStep => ({
      threshold: 1 - at / 100,
      coverage: (at + 1) / 50,
      accepted: at + 1,
      checked: 0,
      errors: 0,
      risk: null,
      interval: null,
      bound: 1,
    }),
  );
  const told = toldSteps(curve, curve[6]?.threshold ?? null).map(({ coverage }) =>
    Math.round(100 * coverage),
  );
  expect(told).toEqual([10, 14, 20, 30, 40, 50, 60, 70, 80, 90, 98]);
  expect(toldSteps([], null)).toEqual([]);
});
