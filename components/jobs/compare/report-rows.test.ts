import { describe, expect, it } from "vitest";
import type { Job } from "@/contracts/jobs";
import { distributionRows, errorRows, funnelRows, tookRows } from "./report-rows";

type Given = Pick<Job, "counts" | "distribution" | "errors" | "tokens" | "latencyMs" | "costUsd">;

const counts = {
  total: 10,
  prompted: 8,
  promptInvalid: 2,
  examples: 1,
  called: 8,
  callFailed: 0,
  parsed: 6,
  invalid: 2,
  cached: 4,
  uncertain: 0,
};
const base: Given = {
  counts,
  distribution: { tone: { good: 3, bad: 1 } },
  errors: [{ kind: "rate_limit", count: 2, sample: "slow down" }],
  tokens: { prompt: 100, completion: 20, estimated: false },
  latencyMs: { p50: 10, p95: 30 },
  costUsd: 0.02,
};
// What the rows read of a report, and no more.
const job = (over: Partial<Given> = {}) => ({ ...base, ...over, startedAt: null, finishedAt: null }) as Job;
const find = (rows: ReturnType<typeof funnelRows>, name: string) =>
  rows.find((row) => row.name === name)?.values;

describe("two reports beside each other", () => {
  it("parts examples from what had no prompt, and shares from nothing", () => {
    const none = job({ counts: { ...counts, called: 0, invalid: 0 } });
    const rows = funnelRows([job(), none]);
    expect(find(rows, "Left out as examples")).toEqual([1, 1]);
    expect(find(rows, "Without a prompt")).toEqual([1, 1]);
    expect(find(rows, "Unreadable, of the answers")).toEqual([0.25, null]);
  });

  it("costs what was paid for, per 1,000; unknown stays unknown", () => {
    const rows = tookRows([job(), job({ costUsd: null })]);
    expect(find(rows, "Cost of 1,000 answers")).toEqual([5, null]);
    expect(find(rows, "Time in all")).toEqual([null, null]);
  });

  it("has every kind and every value that one of them has", () => {
    const other = job({
      errors: [{ kind: "auth", count: 5, sample: "no" }],
      distribution: { tone: { bad: 1, odd: 1 } },
    });
    expect(errorRows([job(), other]).map(({ name, values }) => [name, ...values])).toEqual([
      ["auth", 0, 5],
      ["rate limit", 2, 0],
    ]);
    const shares = distributionRows("tone", [job(), other]);
    expect(shares.map(({ name, values }) => [name, ...values])).toEqual([
      ["good", 0.75, 0],
      ["bad", 0.25, 0.5],
      ["odd", 0, 0.5],
    ]);
    expect(distributionRows("topic", [job(), other])).toEqual([]);
  });
});
