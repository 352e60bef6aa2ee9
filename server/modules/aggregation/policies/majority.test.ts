import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { majority } from "./majority";

const votesOf = (...values: string[]) => values.map((value, i) => ({ annotatorId: `job-${i}`, value }));

describe("majority", () => {
  it("takes the value with the most votes and says who gave it", () => {
    expect(majority(votesOf("y", "x", "y", "z"))).toEqual({
      value: "y",
      confidence: 0.5,
      entropy: 1.5,
      provenance: { source: "majority", votes: 4, annotatorIds: ["job-0", "job-2"] },
    });
  });

  it("shows a tie as a tie", () => {
    expect(majority(votesOf("y", "x", "z", "y", "x"))).toEqual({
      value: null,
      tie: ["x", "y"],
      confidence: null,
      entropy: expect.closeTo(1.5219, 4),
      reason: "tie",
      provenance: { source: "majority", votes: 5, annotatorIds: ["job-0", "job-1", "job-3", "job-4"] },
    });
  });

  it("has no value without votes", () => {
    expect(majority([])).toEqual({
      value: null,
      confidence: null,
      entropy: null,
      reason: "no_votes",
      provenance: { source: "majority", votes: 0, annotatorIds: [] },
    });
  });

  it("is sure and has no entropy when all agree", () => {
    expect(majority(votesOf("x", "x", "x"))).toMatchObject({ value: "x", confidence: 1, entropy: 0 });
  });

  it("does not depend on the order of the votes, and lists those in front", () => {
    const votes = fc
      .array(fc.constantFrom("x", "y", "z"), { minLength: 1, maxLength: 12 })
      .map((values) => votesOf(...values));
    const withShuffle = votes.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(withShuffle, ([given, shuffled]) => {
        const outcome = majority(given);
        const { entropy, ...rest } = majority(shuffled);
        expect(outcome).toMatchObject(rest);
        expect(entropy).toBeCloseTo(outcome.entropy ?? Number.NaN, 12);
        expect(entropy).toBeLessThanOrEqual(Math.log2(3) + 1e-12);

        const votesFor = (value: string) => given.filter((vote) => vote.value === value).length;
        const most = Math.max(votesFor("x"), votesFor("y"), votesFor("z"));
        const front = ["x", "y", "z"].filter((value) => votesFor(value) === most);
        expect(outcome.value).toBe(front.length === 1 ? front[0] : null);
        expect(outcome.tie).toEqual(front.length === 1 ? undefined : front);
        expect(outcome.confidence).toBe(front.length === 1 ? most / given.length : null);
      }),
    );
  });
});
