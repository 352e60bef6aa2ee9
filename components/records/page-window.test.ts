import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emptyWindow,
  indexOfRow,
  type PageAnswer,
  type PagePlan,
  type PageWindow,
  pageOf,
  planPage,
  rowAt,
  wantedPages,
  withCount,
  withFailure,
  withoutFailures,
  withPage,
  withRows,
} from "./page-window";

const SIZE = 10;

/** Answers as the search does, over the numbers from 0; a cursor is the number that it stands at. */
function ask(all: number, plan: PagePlan, counts: boolean): PageAnswer<number> {
  const [from, to] = ((): [number, number] => {
    switch (plan.from) {
      case "start":
        return [0, SIZE];
      case "after":
        return [Number(plan.cursor) + 1, Number(plan.cursor) + 1 + SIZE];
      case "before":
        return [Math.max(0, Number(plan.cursor) - SIZE), Number(plan.cursor)];
      case "end":
        return [all - plan.limit, all];
      case "place":
        return plan.end === "start"
          ? [plan.skip, plan.skip + plan.limit]
          : [all - plan.skip - plan.limit, all - plan.skip];
    }
  })();
  const items = Array.from({ length: Math.max(0, Math.min(all, to) - from) }, (_, at) => from + at);
  const [first] = items;
  const last = items.at(-1);
  return {
    items,
    nextCursor: last !== undefined && last < all - 1 ? String(last) : null,
    prevCursor: first !== undefined && first > 0 ? String(first) : null,
    total: counts ? all : Math.min(all, 30),
    totalExact: counts || all <= 30,
  };
}

function load(window: PageWindow<number>, all: number, index: number, counts = true): PageWindow<number> {
  let next = window;
  for (const page of wantedPages(next, index, index + 3)) {
    const plan = planPage(next, page);
    next = withPage(next, { page, plan, answer: ask(all, plan, counts), near: pageOf(next, index) });
  }
  return next;
}

describe("a window of pages", () => {
  it("shows at each place the row of that place, wherever one goes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }),
        fc.boolean(),
        (all, jumps, counts) => {
          let window = load(emptyWindow<number>(SIZE), all, 0, counts);
          for (const jump of jumps) {
            const index = Math.floor(jump * (window.count - 1));
            window = load(window, all, index, counts);
            expect(rowAt(window, index)).toBe(index);
            expect(window.pages.size).toBeLessThanOrEqual(16);
            for (const [page, rows] of window.pages)
              expect(rows).toEqual(rows.map((_, at) => page * SIZE + at));
          }
          if (counts) expect(window).toMatchObject({ count: all, exact: true });
          else expect(window.count).toBeLessThanOrEqual(all);
        },
      ),
    );
  });

  it("reads the end from the end, and goes on backwards from there", () => {
    let window = load(emptyWindow<number>(SIZE), 995, 0);
    expect(planPage(window, 99)).toEqual({ from: "end", limit: 5 });
    window = load(window, 995, 994);
    expect(rowAt(window, 994)).toBe(994);
    expect(planPage(window, 97)).toEqual({ from: "before", cursor: "980" });
    expect(planPage(window, 50)).toEqual({ from: "place", end: "end", skip: 485, limit: 10 });
    expect(planPage(window, 30)).toEqual({ from: "place", end: "start", skip: 300, limit: 10 });
  });

  it("keeps cursors of pages it has forgotten", () => {
    let window = emptyWindow<number>(SIZE);
    for (let index = 0; index < 900; index += SIZE) window = load(window, 1000, index);
    expect(window.pages.has(3)).toBe(false);
    expect(planPage(window, 3)).toEqual({ from: "after", cursor: "29" });
  });

  it("grows where the whole was not counted, until the last page or a count says how long it is", () => {
    let window = load(emptyWindow<number>(SIZE), 45, 0, false);
    expect(window).toMatchObject({ count: 30, exact: false });
    expect(withCount(window, 45)).toMatchObject({ count: 45, exact: true });
    for (const index of [10, 20, 29, 39, 44]) window = load(window, 45, index, false);
    expect(window).toMatchObject({ count: 45, exact: true });
  });

  it("begins anew when rows before it have gone", () => {
    let window = load(emptyWindow<number>(SIZE), 995, 0);
    window = load(window, 995, 994);
    const plan = planPage(window, 97);
    const shrunk = withPage(window, {
      page: 97,
      plan,
      answer: { items: [1, 2], nextCursor: "2", prevCursor: null, total: 7, totalExact: true },
      near: 97,
    });
    expect(shrunk).toMatchObject({ count: 7, exact: true });
    expect(shrunk.pages.size).toBe(0);
  });

  it("asks for a failed page again only when told", () => {
    const window = withFailure(load(emptyWindow<number>(SIZE), 100, 0), 5, "too slow");
    expect(wantedPages(window, 50, 55)).toEqual([6, 4]);
    expect(wantedPages(withoutFailures(window), 50, 55)).toEqual([5, 6, 4]);
    const turned = withFailure(load(emptyWindow<number>(SIZE), 100, 0), 2, "the cursor was not made here");
    expect(planPage(withoutFailures(turned), 2)).toMatchObject({ from: "place", skip: 20 });
    expect(wantedPages(withFailure(emptyWindow(SIZE), 0, "away"), 0, 0)).toEqual([]);
  });

  it("finds and replaces rows where they stand", () => {
    const window = withRows(load(emptyWindow<number>(SIZE), 100, 0), (row) => (row === 4 ? -4 : row));
    expect(rowAt(window, 4)).toBe(-4);
    expect(indexOfRow(window, (row) => row === -4)).toBe(4);
    expect(indexOfRow(window, (row) => row === 99)).toBe(-1);
  });
});
