import { expect, it } from "vitest";
import { formatCounted, formatRange } from "./format-number";

it("counts one and several, also where the word is no regular one", () => {
  const counted = (value: number) => formatCounted(value, "en", "record");
  expect([0, 1, 2, 1234].map(counted)).toEqual(["0 records", "1 record", "2 records", "1,234 records"]);
  expect([1, 3].map((value) => formatCounted(value, "de", "stays", "stay"))).toEqual(["1 stays", "3 stay"]);
});

it("writes an interval of a share in percent, with the reader's comma", () => {
  expect(formatRange(0.891, 0.94651, "en")).toBe("89.1–94.7");
  expect(formatRange(0.00996, 0.5, "en")).toBe("1.0–50.0");
  expect(formatRange(0, 1, "de")).toBe("0,0–100,0");
});
