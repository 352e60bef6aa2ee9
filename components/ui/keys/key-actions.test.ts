import { describe, expect, it } from "vitest";
import {
  chordOf,
  chordsOf,
  keyActionIds,
  keyActions,
  keyName,
  keyProblem,
  keysNow,
  takenByActions,
} from "./key-actions";

const press = (key: string, more: object = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const usual = keysNow({});

describe("a chord", () => {
  it.each([
    ["n", press("n"), "N"],
    ["shift+u", press("U", { shiftKey: true }), "Shift+U"],
    ["mod+z", press("z", { ctrlKey: true }), "Ctrl+Z"],
    ["mod+shift+z", press("Z", { metaKey: true, shiftKey: true }), "Ctrl+Shift+Z"],
    ["?", press("?", { shiftKey: true }), "?"],
    ["arrowdown", press("ArrowDown"), "↓"],
    ["shift+arrowdown", press("ArrowDown", { shiftKey: true }), "Shift+↓"],
    ["ö", press("ö"), "Ö"],
  ])("%s", (chord, event, name) => {
    expect(chordOf(event)).toBe(chord);
    expect(keyName(chord)).toBe(name);
  });
});

describe("the usual keys", () => {
  it("have no conflict among themselves", () => {
    for (const id of keyActionIds) expect(keyProblem(id, keyActions[id].usual, usual), id).toBeNull();
  });
});

describe("another key", () => {
  it("takes the place of the usual one; what stays, stays; unknown actions are left out", () => {
    const keys = keysNow({ "work.undo": "z", "of.another.version": "q" });
    expect(chordsOf("work.undo", keys)).toEqual(["z", "mod+z"]);
    expect(chordsOf("work.next", keys)).toEqual(["n"]);
    expect(keys.size).toBe(keyActionIds.length);
  });

  it("that another action has is refused by that one's name", () => {
    expect(keyProblem("work.undo", "n", usual)).toBe("N is “Next free label”. Give that another key first.");
    expect(keyProblem("records.save", "j", usual)).toContain("“Next row”");
    expect(keyProblem("list.next", "s", usual)).toContain("“Save the search as a subset”");
    expect(keyProblem("work.undo", "n", keysNow({ "work.next": "m" }))).toBeNull();
    expect(keyProblem("work.undo", "mod+z", usual)).not.toBeNull();
  });

  it("may be that of an action that is never on the same screen", () => {
    expect(keyProblem("records.save", "n", usual)).toBeNull();
  });

  it("with Shift is left to lists, where it extends the selection", () => {
    expect(keyProblem("work.view", "shift+j", usual)).toContain("extends the selection");
    expect(keyProblem("list.next", "shift+m", usual)).toContain("extends the selection");
    expect(keyProblem("work.view", "shift+j", keysNow({ "list.next": "m" }))).toBeNull();
  });

  it.each([
    "1",
    "0",
    "enter",
    "escape",
    "arrowup",
    "backspace",
    "space",
    "shift+arrowdown",
    "mod+n",
    "alt+n",
  ])("is never %s", (chord) => {
    expect(keyProblem("work.undo", chord, usual)).not.toBeNull();
  });

  it("gives way to no option's own letter", () => {
    expect([...takenByActions(keysNow({ "work.next": "m" }))]).toEqual(
      expect.arrayContaining(["m", "0", "j"]),
    );
    expect(takenByActions(keysNow({ "work.next": "m" })).has("n")).toBe(false);
  });
});
