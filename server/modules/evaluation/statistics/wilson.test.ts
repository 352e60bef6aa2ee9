import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { scoreInterval, wilsonInterval } from "./wilson";

describe("wilsonInterval", () => {
  it.each([
    [45, 50, 0.786, 0.957],
    [90, 100, 0.826, 0.945],
    [180, 200, 0.851, 0.934],
    [380, 400, 0.924, 0.967],
  ])("gives the published limits of %i of %i", (successes, n, lower, upper) => {
    const interval = wilsonInterval(successes, n);
    expect(interval?.[0]).toBeCloseTo(lower, 3);
    expect(interval?.[1]).toBeCloseTo(upper, 3);
  });

  it("is undefined without trials", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it.each([
    [-1, 5],
    [6, 5],
    [0.5, 5],
    [Number.NaN, 5],
    [0, Number.POSITIVE_INFINITY],
  ])("refuses %d of %d", (successes, n) => {
    expect(() => wilsonInterval(successes, n)).toThrow(RangeError);
  });

  it("reaches 0 and 1 exactly, and no further", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (n) => {
        const [lowerOfNone, upperOfNone] = wilsonInterval(0, n) ?? [];
        const [lowerOfAll, upperOfAll] = wilsonInterval(n, n) ?? [];
        expect([lowerOfNone, upperOfAll]).toEqual([0, 1]);
        expect(upperOfNone).toBeGreaterThan(0);
        expect(lowerOfAll).toBeLessThan(1);
      }),
    );
  });

  it("holds the estimate, stays within [0, 1] and mirrors when successes and failures swap", () => {
    const trials = fc
      .integer({ min: 1, max: 100_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(trials, ([successes, n]) => {
        const [lower, upper] = wilsonInterval(successes, n) ?? [Number.NaN, Number.NaN];
        const [mirroredLower, mirroredUpper] = wilsonInterval(n - successes, n) ?? [Number.NaN, Number.NaN];
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(successes / n);
        expect(upper).toBeGreaterThanOrEqual(successes / n);
        expect(mirroredLower).toBeCloseTo(1 - upper, 12);
        expect(mirroredUpper).toBeCloseTo(1 - lower, 12);
      }),
    );
  });

  it.each([10, 30, 200])("covers the true proportion in about 95 %% of 4,000 samples of %i", (n) => {
    const random = seededRandom(n);
    const draws = 4_000;
    let covered = 0;
    for (let draw = 0; draw < draws; draw++) {
      const truth = random();
      let successes = 0;
      for (let trial = 0; trial < n; trial++) if (random() < truth) successes += 1;
      const [lower, upper] = wilsonInterval(successes, n) ?? [Number.NaN, Number.NaN];
      if (lower <= truth && truth <= upper) covered += 1;
    }
    expect(covered / draws).toBeGreaterThan(0.94);
    expect(covered / draws).toBeLessThan(0.965);
  });
});

describe("scoreInterval", () => {
  it("is the share itself of an endless size, and of a broken one lies between its neighbours", () => {
    expect(scoreInterval(0.3, Number.POSITIVE_INFINITY)).toEqual([0.3, 0.3]);
    const limits = [2, 2.5, 3].map((size) => scoreInterval(0.3, size));
    const [lower, upper] = [limits.map(([low]) => low), limits.map(([, high]) => high)];
    expect(lower).toEqual([...new Set(lower)].sort((one, other) => one - other));
    expect(upper).toEqual([...new Set(upper)].sort((one, other) => other - one));
  });

  it.each([
    [-0.1, 5],
    [1.1, 5],
    [0.5, 0],
    [Number.NaN, 5],
  ])("refuses %d of %d", (share, size) => {
    expect(() => scoreInterval(share, size)).toThrow(RangeError);
  });
});
