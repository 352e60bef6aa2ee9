import { describe, expect, it } from "vitest";
import type { BulkAction, BulkRun } from "@/contracts/bulk";
import { isUnderWay, progressOf, sentenceOf, skippedWords } from "./bulk-words";

const count = (value: number) => value.toLocaleString("en-GB");
const run = (part: Partial<BulkRun>): BulkRun => ({
  id: "018f0000-0000-7000-8000-000000000001",
  status: "running",
  action: { type: "label", name: "sentiment", value: ["pos"] },
  query: {},
  total: 212_345,
  done: 40_000,
  changed: 39_990,
  skipped: [],
  error: null,
  createdBy: { id: "018f0000-0000-7000-8000-000000000002", name: "Ada" },
  createdAt: "2026-01-01T00:00:00.000Z",
  finishedAt: null,
  undoable: true,
  undo: null,
  ...part,
});

describe("a bulk run in words", () => {
  it.each<[Partial<BulkRun>, string]>([
    [{}, "Labelling 212,345 records (sentiment: pos)"],
    [{ status: "succeeded", changed: 1 }, "1 record labelled (sentiment: pos)"],
    [{ status: "cancelled", action: { type: "delete" } }, "Cancelled after 39,990 records deleted"],
    [
      { status: "failed", error: { code: "invalid", detail: "The label is gone." } },
      "Stopped after 39,990 records labelled (sentiment: pos): The label is gone.",
    ],
    [{ status: "undoing" }, "Taking back: 39,990 records labelled (sentiment: pos)"],
  ])("%o", (part, words) => {
    expect(sentenceOf(run(part), count)).toBe(words);
  });

  it("has words for every action", () => {
    const actions: BulkAction[] = [
      { type: "delete" },
      { type: "restore" },
      { type: "setMetadata", name: "a", value: null },
      { type: "setMetadata", name: "a", value: { b: 1 } },
      { type: "clearLabel", name: "sentiment" },
      { type: "addToSubset", subsetId: "018f0000-0000-7000-8000-000000000001" },
      { type: "removeFromSubset", subsetId: "018f0000-0000-7000-8000-000000000001" },
    ];
    const lines = actions.map((action) => sentenceOf(run({ action }), count));
    expect(new Set(lines).size).toBe(actions.length);
    expect(lines[3]).toContain('a: {"b":1}');
  });

  it("says what was left as it was, and how far it is", () => {
    expect(
      skippedWords(
        [
          { reason: "unchanged", count: 1200 },
          { reason: "deleted", count: 0 },
        ],
        count,
      ),
    ).toBe("1,200 were so already");
    expect(isUnderWay(run({ status: "queued" }))).toBe(true);
    expect(isUnderWay(run({ status: "undone" }))).toBe(false);
    expect(progressOf(run({}))).toMatchObject({ done: 40_000, total: 212_345 });
    const undo = {
      done: 5,
      restored: 5,
      skipped: [],
      startedBy: { id: "", name: "" },
      startedAt: "",
      finishedAt: null,
    };
    expect(progressOf(run({ status: "undoing", undo }))).toEqual({ done: 5, total: 39_990 });
  });
});
