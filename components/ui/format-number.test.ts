import { expect, it } from "vitest";
import { formatCounted } from "./format-number";

it("counts one and several, also where the word is no regular one", () => {
  const counted = (value: number) => formatCounted(value, "en", "record");
  expect([0, 1, 2, 1234].map(counted)).toEqual(["0 records", "1 record", "2 records", "1,234 records"]);
  expect([1, 3].map((value) => formatCounted(value, "de", "stays", "stay"))).toEqual(["1 stays", "3 stay"]);
});
