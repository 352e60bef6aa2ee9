import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { sampleInterval } from "./sample-interval";
import { drawSample } from "./testing/draw-sample";
import { wilsonInterval } from "./wilson";

describe("sampleInterval", () => {
  it("gives the values worked out by hand", () => {
    // 50 of 100 out of 200: as exact as 100 · 199 / 100 = 199 trials; 27 of 30 out of 60 as 59.
    const [low, high] = sampleInterval(50, 100, 200) ?? [0, 0];
    expect(low).toBeCloseTo(0.4311918736, 9);
    expect(high).toBeCloseTo(0.5688081264, 9);
    const [lower, upper] = sampleInterval(27, 30, 60) ?? [0, 0];
    expect(lower).toBeCloseTo(0.7974487554, 9);
    expect(upper).toBeCloseTo(0.9536477482, 9);
  });

  it("is a point once everything was looked at, Wilson's of an endless population, undefined of nothing", () => {
    expect(sampleInterval(7, 10, 10)).toEqual([0.7, 0.7]);
    expect(sampleInterval(1, 1, 1)).toEqual([1, 1]);
    expect(sampleInterval(0, 0, 10)).toBeNull();
    const [low] = sampleInterval(45, 50, 1_000_000_000) ?? [0];
    expect(low).toBeCloseTo(wilsonInterval(45, 50)?.[0] ?? Number.NaN, 6);
  });

  it("refuses what is no sample", () => {
    for (const [successes, n, population] of [
      [1, 5, 4],
      [3, 2, 9],
      [-1, 2, 9],
      [1, 2.5, 9],
    ] as const)
      expect(() => sampleInterval(successes, n, population)).toThrow(RangeError);
  });

  it.each([
    [300, 0.9, 60],
    [300, 0.8, 200],
    [80, 0.95, 70],
  ])(
    "covers the share in about 95 %% of samples, of %i rows of which a share of %f counts, and %i are drawn",
    (size, share, n) => {
      const random = seededRandom(size + n);
      const counting = Math.round(size * share);
      const population = Array.from({ length: size }, (_, at) => at < counting);
      const draws = 2_000;
      let covered = 0;
      for (let draw = 0; draw < draws; draw++) {
        const found = drawSample(population, n, random).filter(Boolean).length;
        const [low, high] = sampleInterval(found, n, size) ?? [1, 0];
        if (low <= counting / size && counting / size <= high) covered += 1;
      }
      expect(covered / draws).toBeGreaterThan(0.915);
      expect(covered / draws).toBeLessThan(0.995);
    },
  );
});
