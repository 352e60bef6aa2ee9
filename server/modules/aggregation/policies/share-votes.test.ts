import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelFamily, shareVotes } from "./share-votes";

describe("votes of one family", () => {
  it("count together as one rater, and the others each for themselves", () => {
    const families = [null, "gpt", "gpt", "claude", null];
    const ones = families.map(() => 1);
    expect(shareVotes([0, 1, 2, 3, 4], families, ones)).toEqual([1, 0.5, 0.5, 1, 1]);
    expect(shareVotes([1, 3], families, ones)).toEqual([1, 1]);
    expect(shareVotes([0, 4], families, ones)).toEqual([1, 1]);
    expect(shareVotes([1, 2, 0], families, [2, 3, 1, 1, 1])).toEqual([3 * 0.75, 0.75, 2]);
  });

  it("never weigh more than the heaviest of them alone, and keep their proportion", () => {
    const voter = fc.record({
      family: fc.constantFrom(null, "gpt", "claude"),
      weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(voter, { minLength: 1, maxLength: 12 }), (voters) => {
        const families = voters.map(({ family }) => family);
        const weights = voters.map(({ weight }) => weight);
        const shared = shareVotes([...voters.keys()], families, weights);
        for (const family of ["gpt", "claude"]) {
          const of = [...voters.keys()].filter((i) => families[i] === family);
          if (of.length === 0) continue;
          const sum = of.reduce((total, i) => total + (shared[i] ?? 0), 0);
          expect(sum).toBeCloseTo(Math.max(...of.map((i) => weights[i] ?? 0)), 9);
          const scales = of.map((i) => (shared[i] ?? 0) / (weights[i] ?? 1));
          expect(Math.max(...scales)).toBeCloseTo(Math.min(...scales), 9);
        }
        for (const [i, family] of families.entries()) if (!family) expect(shared[i]).toBe(weights[i]);
      }),
    );
  });

  it.each([
    ["gpt-4o-mini-2024-07-18", "gpt"],
    ["openai/gpt-oss-20b", "gpt"],
    ["ft:gpt-3.5-turbo:team::id", "gpt"],
    ["claude-sonnet-4-5", "claude"],
    ["models/gemini-2.5-flash", "gemini"],
    ["meta-llama/Llama-3.1-8B-Instruct", "llama"],
    ["qwen2.5:7b", "qwen"],
    ["  ", null],
    ["123", null],
  ])("%j is of the family %j", (model, family) => {
    expect(modelFamily(model)).toBe(family);
  });
});
