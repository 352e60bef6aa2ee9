import { describe, expect, it } from "vitest";
import type { Agent } from "@/contracts/agents";
import { usualErrorPolicy } from "@/contracts/jobs";
import { draftFromAddress, readEstimate, readStart } from "./job-draft";

const agent = {
  id: "agent-1",
  name: "Ann",
  prompt: { labels: ["sentiment", "topic"] },
} as unknown as Agent;
const from = (search: string) => draftFromAddress(new URLSearchParams(search));

describe("draftFromAddress", () => {
  it("takes over what another screen prepared", () => {
    expect(from("agent=a&version=v&subset=s")).toMatchObject({
      agentId: "a",
      versionId: "v",
      choice: "subset",
      subsetId: "s",
    });
    expect(from("q=good")).toMatchObject({ choice: "search", search: "good" });
    expect(from("records=r1,r2&subset=s")).toMatchObject({ choice: "records", recordIds: ["r1", "r2"] });
    expect(from("")).toMatchObject({ choice: "all", agentId: null });
  });
});

describe("readStart", () => {
  it("asks the newest version for all its labels on all records, by default", () => {
    expect(readStart("p", from(""), agent)).toEqual({
      input: {
        project: "p",
        agentId: "agent-1",
        labels: ["sentiment", "topic"],
        mode: "live",
        labelMetadata: ["conf"],
        concurrency: 8,
        maxRetries: 5,
        timeoutMs: 60_000,
        fresh: false,
      },
      problems: [],
    });
  });

  it("sends what was chosen", () => {
    const draft = {
      ...from("version=v&q=good"),
      labels: ["topic"],
      spendCapUsd: "1.5",
      apiKey: " sk-1 ",
      timeoutSeconds: "2.5",
      length: true,
      mode: "batch" as const,
      errorPolicy: { ...usualErrorPolicy, timeout: "skip" as const, bad_request: "stop" as const },
    };
    expect(readStart("p", draft, agent).input).toMatchObject({
      agentVersionId: "v",
      query: { keyword: "good" },
      labels: ["topic"],
      labelMetadata: ["conf", "length"],
      spendCapUsd: 1.5,
      apiKey: "sk-1",
      timeoutMs: 2500,
      mode: "batch",
      errorPolicy: { timeout: "skip", bad_request: "stop" },
    });
  });

  it.each([
    ["spendCapUsd", { spendCapUsd: "0" }],
    ["spendCapUsd", { spendCapUsd: "a lot" }],
    ["concurrency", { concurrency: "2.5" }],
    ["concurrency", { concurrency: "65" }],
    ["maxRetries", { maxRetries: "-1" }],
    ["timeoutMs", { timeoutSeconds: "0" }],
    ["labels", { labels: [] }],
    ["query", { choice: "search" as const, search: '{"keyword":' }],
  ])("names %s when it makes no sense", (path, change) => {
    const { input, problems } = readStart("p", { ...from(""), ...change }, agent);
    expect(input).toBeNull();
    expect(problems.map((problem) => problem.path)).toEqual([path]);
  });

  it("is not complete without an agent, a subset or a search", () => {
    expect(readEstimate("p", from(""), undefined)).toEqual({ input: null, problems: [] });
    for (const change of [{ choice: "subset" as const }, { choice: "search" as const }])
      expect(readEstimate("p", { ...from(""), ...change }, agent).input).toBeNull();
  });
});
