import { describe, expect, it } from "vitest";
import { shareSizes } from "./shares";

describe("the sizes of shares", () => {
  it.each([
    ["all", 100, 3, 1, 100, 100],
    ["split", 100, 3, 1, 33, 34],
    ["perRecord", 100, 3, 2, 66, 67],
    ["perRecord", 100, 4, 2, 50, 50],
    ["split", 100, 0, 1, 0, 0],
  ] as const)(
    "%s of %i records among %i people, %i each, is %i to %i",
    (mode, records, people, perRecord, from, to) => {
      expect(shareSizes({ records, people, mode, perRecord })).toEqual({ from, to });
    },
  );
});
