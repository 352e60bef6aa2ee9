import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dealRecords } from "./deal-records";

const table = fc.integer({ min: 1, max: 60 }).chain((people) =>
  fc.record({
    people: fc.constant(people),
    perRecord: fc.integer({ min: 1, max: Math.min(people, 20) }),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  }),
);

describe("dealing records", () => {
  it("gives each record to exactly k different people, and after any record nobody is two ahead", () => {
    fc.assert(
      fc.property(table, ({ people, perRecord, seed }) => {
        const counts = Array.from({ length: people }, () => 0);
        for (const dealt of dealRecords(people, perRecord, seed)) {
          expect(new Set(dealt).size).toBe(perRecord);
          for (const person of dealt) counts[person] = (counts[person] ?? Number.NaN) + 1;
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
        // So the round can be repeated without end.
        expect(new Set(counts).size).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it("is the same for the same seed and another for another", () => {
    expect(dealRecords(5, 2, 7)).toEqual(dealRecords(5, 2, 7));
    expect(dealRecords(5, 2, 7)).not.toEqual(dealRecords(5, 2, 8));
  });

  it("lets every two people meet, so that the agreement of each pair can be measured", () => {
    const pairs = new Set(dealRecords(6, 2, 1).map((dealt) => dealt.toSorted((a, b) => a - b).join()));
    expect(pairs.size).toBe(15);
  });
});
