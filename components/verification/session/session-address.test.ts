import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWays } from "@/contracts/text-query";
import {
  conditionCount,
  readAddress,
  rowFilterOf,
  rowSorts,
  sortAfter,
  writeAddress,
} from "./session-address";

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyAddress = fc.record({
  state: some(fc.constantFrom("unverified", "verified", "CONFIRMS", "CORRECTS", "UNSURE", "undecided-by-me")),
  chosen: some(fc.string({ maxLength: 20 })),
  reviewer: some(fc.uuid()),
  flagged: some(fc.boolean()),
  match: some(fc.constantFrom(...textWays)),
  confFrom: some(fc.double({ min: 0, max: 1, noNaN: true })),
  confBelow: some(fc.double({ min: 0, max: 1, noNaN: true })),
  value: some(fc.string({ maxLength: 20 })),
  keyword: some(
    fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text && text !== ""),
  ),
  sort: fc.constantFrom(...rowSorts),
  view: fc.constantFrom("table" as const, "focus" as const),
  at: some(fc.uuid()),
});

it("the head of the confidence turns the order round with each press", () => {
  expect(sortAfter("position")).toBe("-confidence");
  expect(sortAfter(sortAfter("position"))).toBe("confidence");
  expect(sortAfter(sortAfter(sortAfter("position")))).toBe("-confidence");
});

describe("the address of a session", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(anyAddress, (given) => {
        const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        expect(
          readAddress(
            new URLSearchParams(
              writeAddress(
                readAddress(
                  new URLSearchParams(
                    writeAddress({
                      ...given,
                    }),
                  ),
                ),
              ),
            ),
          ),
        ).toEqual(defined);
      }),
    );
  });

  it("is empty for the usual view", () => {
    expect(writeAddress(readAddress(new URLSearchParams()))).toBe("");
  });

  it("keeps what makes sense when another part does not", () => {
    const read = readAddress(new URLSearchParams("state=CORRECTS&confBelow=much&view=cinema"));
    expect(read).toEqual({ state: "CORRECTS", sort: "position", view: "table" });
  });

  it("counts conditions, not the order or the place", () => {
    const read = readAddress(new URLSearchParams("state=CORRECTS&confBelow=0.5&sort=-confidence&view=focus"));
    expect(conditionCount(rowFilterOf(read))).toBe(2);
  });
});
