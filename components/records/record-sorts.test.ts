import { expect, it } from "vitest";
import type { SortKey } from "@/contracts/query";
import { sortKeys, sortsAfter, tableSorts } from "./record-sorts";

it("says the same in the heads of columns and in the order of the search", () => {
  const keys: SortKey[] = [
    { by: "position", order: "asc" },
    { by: "externalId", order: "desc" },
    { by: "metadata.a: b", order: "asc" },
    { by: "conf", annotator: "018f0000-0000-7000-8000-000000000001", label: "a:b", order: "desc" },
  ];
  expect(sortKeys(tableSorts(keys))).toEqual(keys);
});

it("orders by one column, and with Shift by several, until each has had both directions", () => {
  const text = { also: true, firstDescending: false };
  const figure = { also: true, firstDescending: true };
  let sorts = sortsAfter([{ id: "old", descending: true }], { ...text, id: "a", also: false });
  expect(sorts).toEqual([{ id: "a", descending: false }]);
  sorts = sortsAfter(sorts, { ...figure, id: "n" });
  expect(sorts).toEqual([
    { id: "a", descending: false },
    { id: "n", descending: true },
  ]);
  sorts = sortsAfter(sorts, { ...text, id: "a" });
  expect(sorts).toEqual([
    { id: "a", descending: true },
    { id: "n", descending: true },
  ]);
  sorts = sortsAfter(sorts, { ...text, id: "a" });
  expect(sorts).toEqual([{ id: "n", descending: true }]);
  // The last key turns round and stays.
  sorts = sortsAfter(sorts, { ...figure, id: "n" });
  expect(sorts).toEqual([{ id: "n", descending: false }]);
  sorts = sortsAfter(sorts, { ...figure, id: "n" });
  expect(sorts).toEqual([{ id: "n", descending: true }]);
});
