import { describe, expect, it } from "vitest";
import type { Vote } from "@/contracts/reconciliations";
import { majorityOf, placeKey, tallyVotes } from "./vote-tally";

const vote = (kind: "user" | "job", ...value: string[]): Vote => ({
  annotator: { id: crypto.randomUUID(), kind, name: "A" },
  value,
  conf: null,
  verdict: null,
  at: "2026-01-01T00:00:00.000Z",
});

describe("tallyVotes", () => {
  it("counts people and others apart, the most frequent value first", () => {
    expect(
      tallyVotes([vote("job", "a"), vote("user", "b"), vote("job", "b"), vote("job", "b", "c")]),
    ).toEqual([
      { value: ["b"], total: 2, people: 1, others: 1 },
      { value: ["a"], total: 1, people: 0, others: 1 },
      { value: ["b", "c"], total: 1, people: 0, others: 1 },
    ]);
  });
});

describe("majorityOf", () => {
  it("is the value with the most votes", () => {
    expect(majorityOf([vote("job", "a"), vote("job", "b"), vote("user", "b")])).toEqual({
      value: ["b"],
      share: 2 / 3,
    });
  });

  it("is nothing on a tie or without votes", () => {
    expect(majorityOf([vote("job", "a"), vote("job", "b")])).toBeNull();
    expect(majorityOf([])).toBeNull();
  });
});

describe("placeKey", () => {
  it("tells spans of one record apart", () => {
    expect(placeKey({ recordId: "r" })).toBe("r");
    expect(placeKey({ recordId: "r", start: 0, end: 4 })).toBe("r:0:4");
  });
});
