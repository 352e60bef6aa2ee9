import { describe, expect, it } from "vitest";
import { type Change, createUndoStack, splitByHolder } from "./undo-stack";

type Said = { by: string; at: string; value: string | null };

const made = (by: string, at: number, value = "neg"): Said => ({ by, at: new Date(at).toISOString(), value });

describe("the stack", () => {
  it("goes back and forth over several acts about one key", () => {
    const stack = createUndoStack<Said>();
    let held: Said | null = null;
    let clock = 0;
    const act = (after: Said) => {
      stack.push([{ key: "k", before: held, after }]);
      held = after;
    };
    const flip = (which: "undo" | "redo") => {
      const flipped = stack[which]();
      if (!flipped) return false;
      const { free } = splitByHolder(flipped.changes, () => held);
      expect(free).toHaveLength(1);
      flipped.done(
        free.map(({ key, before, after }): Change<Said> => {
          clock += 1;
          held = { by: "me", at: new Date(1000 + clock).toISOString(), value: before?.value ?? null };
          return { key, before: after, after: held };
        }),
      );
      return true;
    };
    act(made("me", 1, "a"));
    act(made("me", 2, "b"));
    act(made("me", 3, "c"));
    const values: (string | null | undefined)[] = [];
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
      if (flip(which)) values.push((held as Said | null)?.value);
    expect(values).toEqual(["b", "a", null, "a", "b", "a", "b", "c"]);
  });

  it("forgets what was taken back when something new is done", () => {
    const stack = createUndoStack<Said>();
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
