import { describe, expect, it } from "vitest";
import { withAdded } from "./added-rows";

const page = (items: number[], total: number, nextCursor: string | null = null) => ({
  items,
  total,
  nextCursor,
  totalExact: true,
});

describe("rows that were added to a session", () => {
  it("follow the last one of a list that is loaded whole", () => {
    const data = { pages: [page([1, 2], 2)], pageParams: [undefined] };
    expect(withAdded(data, page([3], 4, "3"), undefined)).toEqual({
      pages: [page([1, 2], 6), page([3], 4, "3")],
      pageParams: [undefined, undefined],
    });
  });

  it("are only counted while rows before them are still to come, and where none fits the filter", () => {
    const partly = { pages: [page([1, 2], 5, "2")], pageParams: [undefined] };
    expect(withAdded(partly, page([6], 1), undefined)).toEqual({
      pages: [page([1, 2], 6, "2")],
      pageParams: [undefined],
    });
    const whole = { pages: [page([1], 1)], pageParams: [undefined] };
    expect(withAdded(whole, page([], 0), undefined)).toEqual(whole);
  });
});
