import { describe, expect, it } from "vitest";
import { gridKeyAction as actionOf } from "./grid-keys";

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const letters = { next: "j", above: "k", choose: "x" };
const gridKeyAction = (press: Parameters<typeof actionOf>[0], at: Parameters<typeof actionOf>[1]) =>
  actionOf(press, at, letters);
const place = { index: 4, count: 10, page: 3 };

describe("gridKeyAction", () => {
  it.each([
    ["ArrowDown", 5],
    ["j", 5],
    ["J", 5],
    ["ArrowUp", 3],
    ["k", 3],
    ["PageDown", 7],
    ["PageUp", 1],
    ["Home", 0],
    ["End", 9],
  ])("%s moves from row 4 to row %i", (key, index) => {
    expect(gridKeyAction({ ...plain, key }, place)).toEqual({ kind: "move", index, extend: false });
  });

  it("stays inside the list at both ends", () => {
    expect(gridKeyAction({ ...plain, key: "PageDown" }, { ...place, index: 9 })).toMatchObject({ index: 9 });
    expect(gridKeyAction({ ...plain, key: "PageUp" }, { ...place, index: 1 })).toMatchObject({ index: 0 });
  });

  it("goes to the first row when none is focused", () => {
    const nowhere = { ...place, index: -1 };
    expect(gridKeyAction({ ...plain, key: "j" }, nowhere)).toMatchObject({ index: 0 });
    expect(gridKeyAction({ ...plain, key: "k" }, nowhere)).toMatchObject({ index: 0 });
    expect(gridKeyAction({ ...plain, key: "Enter" }, nowhere)).toBeNull();
    expect(gridKeyAction({ ...plain, key: "x" }, nowhere)).toBeNull();
  });

  it("extends the selection with Shift", () => {
    expect(gridKeyAction({ ...plain, key: "ArrowDown", shiftKey: true }, place)).toMatchObject({
      extend: true,
    });
    expect(gridKeyAction({ ...plain, key: "X", shiftKey: true }, place)).toEqual({
      kind: "toggle",
      extend: true,
    });
  });

  it("knows the letters that the reader has chosen, and no others", () => {
    const own = { ...letters, next: "s" };
    expect(actionOf({ ...plain, key: "S" }, place, own)).toMatchObject({ kind: "move", index: 5 });
    expect(actionOf({ ...plain, key: "j" }, place, own)).toBeNull();
    expect(actionOf({ ...plain, key: "ArrowDown" }, place, own)).toMatchObject({ index: 5 });
  });

  it("leaves other chords and an empty list to the page", () => {
    expect(gridKeyAction({ ...plain, key: "j", ctrlKey: true }, place)).toBeNull();
    expect(gridKeyAction({ ...plain, key: "ArrowDown", altKey: true }, place)).toBeNull();
    expect(gridKeyAction({ ...plain, key: "1" }, place)).toBeNull();
    expect(gridKeyAction({ ...plain, key: "j" }, { index: -1, count: 0, page: 3 })).toBeNull();
  });
});
