import { describe, expect, it } from "vitest";
import type { Mark } from "@/components/verification/live/marks";
import type { Decision } from "@/contracts/live";
import { type Change, createUndoStack, decisionToRestore, markToRestore, splitByHolder } from "./undo-stack";

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

describe("the stack", () => {
  it("goes back and forth over several acts about one key", () => {
    const stack = createUndoStack();
    let held: Mark | null = null;
    let clock = 0;
    const act = (after: Decision) => {
      stack.push([{ key: "k", before: held, after }]);
      held = after;
    };
    const flip = (which: "undo" | "redo") => {
      const flipped = stack[which]();
      if (!flipped) return false;
      const { free } = splitByHolder(flipped.changes, () => held);
      expect(free).toHaveLength(1);
      flipped.done(
        free.map(({ key, before, after }): Change => {
          clock += 1;
          held = markToRestore({ before, after }, "me", new Date(1000 + clock).toISOString());
          return { key, before: after, after: held };
        }),
      );
      return true;
    };
    act(made("me", 1, "a"));
    act(made("me", 2, "b"));
    act(made("me", 3, "c"));
    const values: (string | undefined)[] = [];
    for (const which of [
      "undo",
      "undo",
      "undo",
      "undo",
      "redo",
      "redo",
      "undo",
      "redo",
      "redo",
      "redo",
    ] as const)
      if (flip(which)) values.push((held as Mark | null)?.value[0]);
    expect(values).toEqual(["b", "a", undefined, "a", "b", "a", "b", "c"]);
  });

  it("forgets what was taken back when something new is done", () => {
    const stack = createUndoStack();
    stack.push([{ key: "k", before: null, after: made("me", 1) }]);
    stack.undo()?.done([{ key: "k", before: made("me", 1), after: made("me", 2) }]);
    expect(stack.canRedo()).toBe(true);
    stack.push([{ key: "k", before: null, after: made("me", 3) }]);
    expect(stack.canRedo()).toBe(false);
  });

  it("knows which keys somebody else has changed since", () => {
    const changes = [
      { key: "a", before: null, after: made("me", 1) },
      { key: "b", before: null, after: made("me", 1) },
    ];
    const { free, overtaken } = splitByHolder(changes, (key) =>
      key === "a" ? made("me", 1) : made("them", 2),
    );
    expect([free, overtaken].map((list) => list.map(({ key }) => key))).toEqual([["a"], ["b"]]);
  });
});
