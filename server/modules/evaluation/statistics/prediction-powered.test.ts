import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { type PairSums, predictionPowered } from "./prediction-powered";
import { drawSample } from "./testing/draw-sample";
import { Z_95 } from "./wilson";

type Pair = { y: number; f: number };

function sumsOf(pairs: readonly Pair[]): PairSums {
  const sum = (of: (pair: Pair) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  return {
    n: pairs.length,
    y: sum(({ y }) => y),
    f: sum(({ f }) => f),
    yy: sum(({ y }) => y * y),
    ff: sum(({ f }) => f * f),
    yf: sum(({ y, f }) => y * f),
  };
}

const four = sumsOf([
  { y: 1, f: 0.8 },
  { y: 1, f: 0.6 },
  { y: 0, f: 0.4 },
  { y: 1, f: 0.6 },
]);
const ten = { size: 10, f: 7 };

describe("predictionPowered", () => {
  it("gives the values worked out by hand", () => {
    const plain = predictionPowered({ sample: four, population: ten, lambda: 1 });
    expect(plain?.mean).toBeCloseTo(0.9166666667, 9);
    expect(plain?.interval[0]).toBeCloseTo(0.6744086344, 9);
    expect(plain?.interval[1]).toBe(1);
    const tuned = predictionPowered({ sample: four, population: ten });
    expect(tuned?.lambda).toBeCloseTo(1.5, 9);
    expect(tuned?.mean).toBeCloseTo(1, 9);
    expect(tuned?.interval[0]).toBeCloseTo(0.7808693649, 9);
  });

  it("is the classical mean with finite-population correction at λ = 0, and without any use of predictions", () => {
    const half = Z_95 * Math.sqrt((0.6 * 0.25) / 4);
    const classical = predictionPowered({ sample: four, population: ten, lambda: 0 });
    expect(classical).toMatchObject({ mean: 0.75, lambda: 0 });
    expect(classical?.interval[0]).toBeCloseTo(0.75 - half, 12);
    const useless = sumsOf([0, 1, 1, 1].map((y) => ({ y, f: 0.3 })));
    expect(predictionPowered({ sample: useless, population: { size: 10, f: 3 } })).toEqual(
      predictionPowered({ sample: useless, population: { size: 10, f: 3 }, lambda: 0 }),
    );
  });

  it("is exact once everything was looked at, undefined below two rows, and refuses what is no sample", () => {
    expect(predictionPowered({ sample: four, population: { size: 4, f: 2.4 } })).toEqual({
      mean: 0.75,
      interval: [0.75, 0.75],
      lambda: 0,
    });
    expect(predictionPowered({ sample: sumsOf([{ y: 1, f: 1 }]), population: ten })).toBeNull();
    expect(() => predictionPowered({ sample: four, population: { size: 3, f: 1 } })).toThrow(RangeError);
  });

  it("is never wider than the classical interval, whatever the predictions", () => {
    const pairs = fc.array(
      fc.record({ y: fc.constantFrom(0, 1), f: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { minLength: 2, maxLength: 40 },
    );
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 500 }), (sample, rest) => {
        const input = { sample: sumsOf(sample), population: { size: sample.length + rest, f: rest / 2 } };
        const half = (lambda?: number) => {
          // Of θ itself: limits that are cut at 0 and 1 say less.
          const { mean, interval } = predictionPowered({ ...input, lambda }) ?? { mean: 0, interval: [0, 1] };
          const { sample: sums, population } = input;
          const centred = predictionPowered({
            sample: sums,
            population: { ...population, f: (sums.f / sums.n) * population.size },
            lambda,
          });
          expect(interval[0]).toBeLessThanOrEqual(mean + 1e-12);
          return (centred?.interval[1] ?? 0) - (centred?.interval[0] ?? 0);
        };
        expect(half()).toBeLessThanOrEqual(half(0) + 1e-9);
      }),
    );
  });

  it("covers the mean, unbiased and narrower, with good predictions, and covers it with bad ones", () => {
    const random = seededRandom(23);
    const population = Array.from({ length: 2_000 }, () => {
      const y = random() < 0.7 ? 1 : 0;
      return { y, good: random() < 0.9 ? y : 1 - y, bad: random() };
    });
    const truth = population.reduce((sum, { y }) => sum + y, 0) / population.length;
    const of = (key: "good" | "bad") => population.reduce((sum, row) => sum + row[key], 0);
    const [good, bad] = [of("good"), of("bad")];
    const draws = 1_500;
    const covered = { good: 0, bad: 0, classical: 0 };
    const width = { good: 0, bad: 0, classical: 0 };
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      const drawn = drawSample(population, 150, random);
      const measure = (kind: keyof typeof width, key: "good" | "bad", f: number, lambda?: number) => {
        const sample = sumsOf(drawn.map((row) => ({ y: row.y, f: row[key] })));
        const found = predictionPowered({ sample, population: { size: 2_000, f }, lambda });
        const [low, high] = found?.interval ?? [1, 0];
        if (low <= truth && truth <= high) covered[kind] += 1;
        width[kind] += high - low;
        return found?.mean ?? Number.NaN;
      };
      sum += measure("good", "good", good);
      measure("bad", "bad", bad);
      measure("classical", "good", good, 0);
    }
    for (const kind of ["good", "bad", "classical"] as const) {
      expect(covered[kind] / draws).toBeGreaterThan(0.925);
      expect(covered[kind] / draws).toBeLessThan(0.975);
    }
    expect(Math.abs(sum / draws - truth)).toBeLessThan(0.004);
    expect(width.good).toBeLessThan(0.75 * width.classical);
    expect(width.bad).toBeLessThanOrEqual(width.classical);
  });
});
