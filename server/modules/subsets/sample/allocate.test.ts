import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateEqually, allocateProportionally } from "./allocate";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Strata, and a total between one of each and all of them. */
const design = fc
  .array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 })
  .chain((sizes) =>
    fc.record({ sizes: fc.constant(sizes), total: fc.integer({ min: sizes.length, max: sum(sizes) }) }),
  );

describe("a sample divided in proportion", () => {
  it("takes exactly so many, at least one and never more than there are", () => {
    fc.assert(
      fc.property(design, ({ sizes, total }) => {
        const taken = allocateProportionally(sizes, total);
        expect(sum(taken)).toBe(total);
        taken.forEach((take, at) => {
          expect(take).toBeGreaterThanOrEqual(1);
          expect(take).toBeLessThanOrEqual(sizes[at] ?? 0);
        });
      }),
    );
  });

  it("stays within one record of the quota where no quota is below one", () => {
    fc.assert(
      fc.property(design, ({ sizes, total }) => {
        const quotas = sizes.map((size) => (size * total) / sum(sizes));
        fc.pre(quotas.every((quota) => quota >= 1));
        allocateProportionally(sizes, total).forEach((take, at) => {
          expect(Math.abs(take - (quotas[at] ?? 0))).toBeLessThan(1 + 1e-9);
        });
      }),
    );
  });

  it.each([
    [[900, 90, 10], 100, [90, 9, 1]],
    [[5, 5, 5], 10, [4, 3, 3]],
    [[1000, 1, 1], 10, [8, 1, 1]],
    [[7], 3, [3]],
  ])("%j takes %i as %j", (sizes, total, expected) => {
    expect(allocateProportionally(sizes, total)).toEqual(expected);
  });
});

describe("a sample divided equally", () => {
  it("takes exactly so many, and equally many wherever there are enough", () => {
    fc.assert(
      fc.property(design, ({ sizes, total }) => {
        const taken = allocateEqually(sizes, total);
        expect(sum(taken)).toBe(total);
        const open = taken.filter((take, at) => take < (sizes[at] ?? 0));
        taken.forEach((take, at) => {
          expect(take).toBeLessThanOrEqual(sizes[at] ?? 0);
        });
        if (open.length > 0) {
          expect(Math.max(...open) - Math.min(...open)).toBeLessThanOrEqual(1);
          expect(Math.max(...taken)).toBeLessThanOrEqual(Math.min(...open) + 1);
        }
      }),
    );
  });

  it("gives what a small stratum lacks to the others", () => {
    expect(allocateEqually([2, 100, 100], 30)).toEqual([2, 14, 14]);
  });
});
