import { describe, expect, it } from "vitest";
import type {
  Disagreement,
  DisagreementList,
  ReconcileAnswer,
  Reconciliation,
} from "@/contracts/reconciliations";
import { patchOfAnswers, patchPages } from "./patch-disagreements";

const item = (recordId: string, part: Partial<Disagreement> = {}): Disagreement => ({
  recordId,
  externalId: recordId,
  content: "Text",
  state: "open",
  entropy: 1,
  votes: [],
  votesVersion: "v1",
  reconciliation: null,
  ...part,
});
const decision = (recordId: string, part: Partial<Reconciliation> = {}): Reconciliation => ({
  id: "d",
  recordId,
  label: "l",
  value: ["a"],
  note: null,
  by: { id: "bo", name: "Bo" },
  current: true,
  overtaken: false,
  votesVersion: "v1",
  restoredFrom: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  ...part,
});
const page = (...items: Disagreement[]): DisagreementList => ({
  items,
  nextCursor: null,
  total: items.length,
  totalExact: true,
  counts: { open: 2, reconciled: 0, changed: 0 },
});

describe("patchOfAnswers", () => {
  const find = (key: string) => item(key);
  const stateOf = (answer: ReconcileAnswer) => patchOfAnswers([answer], find).get("r")?.state;

  it("says what stands: mine, that of who was first, or nothing", () => {
    expect(stateOf({ recordId: "r", reconciliation: decision("r") })).toBe("reconciled");
    expect(stateOf({ recordId: "r", reconciliation: decision("r", { votesVersion: "v0" }) })).toBe("changed");
    expect(stateOf({ recordId: "r", reconciliation: decision("r", { value: null }) })).toBe("open");
    const overtaken = { code: "overtaken", message: "Bo was first." };
    expect(stateOf({ recordId: "r", error: overtaken, stands: decision("r") })).toBe("reconciled");
    expect(stateOf({ recordId: "r", error: overtaken, stands: null })).toBe("open");
    const refused = { code: "invalid_value", message: "No." };
    expect(stateOf({ recordId: "r", error: refused, stands: null })).toBeUndefined();
  });
});

describe("patchPages", () => {
  it("changes rows where they are, and the counts with them", () => {
    const data = { pages: [page(item("r"), item("s"))] };
    const [first] = patchPages(
      data,
      new Map([["s", { state: "reconciled", reconciliation: decision("s") }]]),
    ).pages;
    expect(first?.items.map(({ recordId, state }) => [recordId, state])).toEqual([
      ["r", "open"],
      ["s", "reconciled"],
    ]);
    expect(first?.counts).toEqual({ open: 1, reconciled: 1, changed: 0 });
    expect(first?.items[0]).toBe(data.pages[0]?.items[0]);
  });
});
