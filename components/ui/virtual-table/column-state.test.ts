import { expect, it } from "vitest";
import { type ColumnView, columnView } from "@/contracts/views";
import { changedView, columnsOf, movedBefore } from "./column-state";

it("changes one part of a view, and nothing else of it", () => {
  let view: ColumnView = columnView.parse({ hidden: ["a"], widths: { b: 100 } });
  expect(columnsOf(view).visibility).toEqual({ a: false });
  view = changedView(view, "sizing", (sizing) => ({ ...sizing, c: 120.4 }));
  view = changedView(view, "visibility", { a: true, d: false });
  view = changedView(view, "pinning", { left: ["b"] });
  view = changedView(view, "order", ["b", "a"]);
  expect(view).toEqual({
    ...{ order: ["b", "a"], hidden: ["d"], shown: ["a"], frozen: ["b"] },
    widths: { b: 100, c: 120 },
  });
});

it("hides what is hidden from the start until it is asked for, also in a view kept before it came", () => {
  const kept = columnView.parse({ hidden: ["a"] });
  expect(columnsOf(kept, ["gold"]).visibility).toEqual({ gold: false, a: false });
  const asked = changedView(kept, "visibility", (old) => ({ ...old, gold: true }));
  expect(asked).toMatchObject({ hidden: ["a"], shown: ["gold"] });
  expect(columnsOf(asked, ["gold"]).visibility).toEqual({ gold: true, a: false });
  const back = changedView(asked, "visibility", (old) => ({ ...old, gold: false }));
  expect(back).toMatchObject({ hidden: ["gold", "a"], shown: [] });
});

it("moves a column before another, or to the end", () => {
  expect(movedBefore(["a", "b", "c"], "c", "a")).toEqual(["c", "a", "b"]);
  expect(movedBefore(["a", "b", "c"], "a", "c")).toEqual(["b", "a", "c"]);
  expect(movedBefore(["a", "b", "c"], "a", null)).toEqual(["b", "c", "a"]);
});
