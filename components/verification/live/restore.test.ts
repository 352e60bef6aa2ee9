import { describe, expect, it } from "vitest";
import type { Decision } from "@/contracts/live";
import { decisionToRestore, markToRestore } from "./restore";

const made = (by: string, at: number, value = "neg"): Decision => ({
  status: "CORRECTS",
  value: [value],
  by,
  at: new Date(at).toISOString(),
});

describe("what an undo writes", () => {
  it("is one's own earlier decision anew, another's under their name, or nothing", () => {
    const at = "2026-01-01T00:00:00.000Z";
    expect(decisionToRestore(null, "me", at)).toEqual({ status: null, value: [], by: "me", at });
    expect(decisionToRestore(made("me", 1), "me", at)).toEqual({ ...made("me", 1), at });
    expect(decisionToRestore({ ...made("me", 1), ms: 900 }, "me", at)).toEqual({ ...made("me", 1), at });
    const theirs = { ...made("them", 1), base: null };
    expect(decisionToRestore(theirs, "me", at)).toEqual({ ...made("them", 1), restoredBy: "me" });
  });
});

describe("what an undo writes for a span", () => {
  it("is what it was before, or one that was taken away", () => {
    const at = "2026-01-01T00:00:01.000Z";
    const span = (value: string[], end: number) => ({
      recordId: "r",
      label: "places",
      value,
      start: 0,
      end,
      by: "me",
      at: new Date(0).toISOString(),
      base: null,
    });
    const { base: _, ...bare } = span(["city"], 4);
    expect(markToRestore({ before: span(["city"], 4), after: span(["land"], 9) }, "me", at)).toEqual({
      ...bare,
      at,
    });
    expect(markToRestore({ before: null, after: span(["city"], 4) }, "me", at)).toEqual({
      ...bare,
      value: [],
      at,
    });
  });
});
