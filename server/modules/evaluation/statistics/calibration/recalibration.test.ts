import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { crossFit, FOLDS, foldOf } from "./cross-fit";
import { calibrate, fitIsotonic, poolAdjacentViolators } from "./isotonic";
import { type CalibrationRow, tryRecalibration } from "./recalibration";
import { atTemperature, fitTemperature } from "./temperature";

/**
 * Rows of three options whose true one is drawn by the stated probabilities at the temperature `T`: stated ones are too
 * sure by that much. The most probable option is given.
 */
function simulate(size: number, T: number, seed = 3): CalibrationRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, (_, at) => {
    const draws = [random(), random(), random()].map((draw) => draw ** 4 + 0.001);
    const sum = draws.reduce((total, draw) => total + draw, 0);
    const probabilities = draws.map((draw) => draw / sum);
    const truths = atTemperature(probabilities, T);
    const place = random();
    const truth = place < (truths[0] ?? 0) ? 0 : place < (truths[0] ?? 0) + (truths[1] ?? 0) ? 1 : 2;
    const conf = Math.max(...probabilities);
    const given = probabilities.indexOf(conf);
    return {
      recordId: `r${seed}-${at}`,
      conf,
      correct: given === truth,
      weight: 1,
      options: { probabilities, given, truth },
    };
  });
}
const optionsOf = (rows: readonly CalibrationRow[]) =>
  rows.flatMap(({ options, weight }) => (options ? [{ ...options, weight }] : []));

describe("atTemperature", () => {
  it("leaves them at 1, evens them out above, sharpens them below", () => {
    expect(atTemperature([0.8, 0.2], 1)[0]).toBeCloseTo(0.8, 12);
    // √0.8 : √0.2 = 2 : 1
    expect(atTemperature([0.8, 0.2], 2)[0]).toBeCloseTo(2 / 3, 12);
    // 0.64 : 0.04
    expect(atTemperature([0.8, 0.2], 0.5)[0]).toBeCloseTo(16 / 17, 12);
    expect(atTemperature([1, 0], 20)[1]).toBeGreaterThan(0);
  });
});

describe("fitTemperature", () => {
  it.each([0.6, 1, 1.8, 3])("finds the temperature %d by which rows were drawn", (T) => {
    const found = fitTemperature(optionsOf(simulate(20_000, T))) ?? 0;
    expect(Math.abs(Math.log(found / T))).toBeLessThan(0.08);
  });

  it("is solved by hand for two options of one probability", () => {
    // At 0.9 : 0.1 with 3 of 4 right, 9^(1/T) must be 3: T = 2.
    const rows = [0, 0, 0, 1].map((truth) => ({ probabilities: [0.9, 0.1], given: 0, truth, weight: 1 }));
    expect(fitTemperature(rows)).toBeCloseTo(2, 6);
    // A weight of 3 on a wrong one of two rows: 9^(1/T) = 1/3 has no T > 0.
    expect(fitTemperature(rows.map((one) => ({ ...one, truth: 1 })))).toBeNull();
    // 1 right of weight 3, 1 wrong of weight 1: the same as 3 of 4.
    const weighted = [
      { probabilities: [0.9, 0.1], given: 0, truth: 0, weight: 3 },
      { probabilities: [0.9, 0.1], given: 0, truth: 1, weight: 1 },
    ];
    expect(fitTemperature(weighted)).toBeCloseTo(2, 6);
  });

  it("has none when every row is right, or when options are equally likely", () => {
    expect(fitTemperature([{ probabilities: [0.9, 0.1], given: 0, truth: 0, weight: 1 }])).toBeNull();
    expect(fitTemperature([{ probabilities: [0.5, 0.5], given: 0, truth: 1, weight: 1 }])).toBeNull();
  });

  it("finds it for options without any probability as well", () => {
    const rows = [0, 0, 0, 1].map((truth) => ({ probabilities: [1, 0], given: 0, truth, weight: 1 }));
    // Held at 1e-9: 10^(9/T) = 3.
    expect(fitTemperature(rows)).toBeCloseTo(9 / Math.log10(3), 4);
  });
});

describe("poolAdjacentViolators", () => {
  it("pools what is out of order", () => {
    expect(poolAdjacentViolators([1, 3, 2, 4], [1, 1, 1, 1])).toEqual([1, 2.5, 2.5, 4]);
    expect(poolAdjacentViolators([3, 1], [1, 3])).toEqual([1.5, 1.5]);
    expect(poolAdjacentViolators([3, 2, 1], [1, 1, 1])).toEqual([2, 2, 2]);
  });

  it("is the least-squares optimum: the highest of the lowest means over what holds each place", () => {
    const values = fc.array(
      fc.record({ value: fc.integer({ min: 0, max: 10 }), weight: fc.integer({ min: 1, max: 5 }) }),
      { minLength: 1, maxLength: 15 },
    );
    fc.assert(
      fc.property(values, (points) => {
        const fitted = poolAdjacentViolators(
          points.map(({ value }) => value),
          points.map(({ weight }) => weight),
        );
        const mean = (from: number, to: number) => {
          const held = points.slice(from, to + 1);
          const weight = held.reduce((sum, point) => sum + point.weight, 0);
          return held.reduce((sum, point) => sum + point.value * point.weight, 0) / weight;
        };
        const places = points.map((_, at) => at);
        // The min-max formula of Robertson, Wright and Dykstra (1988), theorem 1.4.4.
        const expected = places.map((at) =>
          Math.max(
            ...places
              .slice(0, at + 1)
              .map((from) => Math.min(...places.slice(at).map((to) => mean(from, to)))),
          ),
        );
        fitted.forEach((value, at) => {
          expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 10);
          if (at > 0) expect(value).toBeGreaterThanOrEqual(fitted[at - 1] ?? Number.NaN);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe("isotonic regression", () => {
  it("rises with confidence, stays off 0 and 1, and lies on lines between its points", () => {
    const rows = [
      [0.2, false],
      [0.4, true],
      [0.6, false],
      [0.8, true],
    ] as const;
    const curve = fitIsotonic(rows.map(([conf, correct]) => ({ conf, correct, weight: 1 })));
    expect(curve).toEqual([
      { conf: 0.2, calibrated: 1 / 6 },
      { conf: 0.4, calibrated: 0.5 },
      { conf: 0.6, calibrated: 0.5 },
      { conf: 0.8, calibrated: 5 / 6 },
    ]);
    expect([0, 0.2, 0.5, 0.9].map((conf) => calibrate(curve, conf))).toEqual([1 / 6, 1 / 6, 0.5, 5 / 6]);
    expect(calibrate(curve, 0.3)).toBeCloseTo(1 / 3, 12);
    expect(calibrate(fitIsotonic([{ conf: 0.5, correct: true, weight: 1 }]), 0.1)).toBeCloseTo(2 / 3, 12);
  });
});

describe("crossFit", () => {
  it("judges each row by what the other folds teach, the same each time", () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({ recordId: `record ${at}` }));
    const seen: string[][] = [];
    const said = crossFit(
      rows,
      (others) => {
        seen.push(others.map(({ recordId }) => recordId));
        return others;
      },
      (others, row) => (others.includes(row) ? 1 : others.length),
    );
    expect(seen).toHaveLength(FOLDS);
    expect(said?.every((size) => size > 60 && size < 100)).toBe(true);
    const sizes = Array.from(
      { length: FOLDS },
      (_, fold) => rows.filter((row) => foldOf(row.recordId) === fold).length,
    );
    expect(Math.min(...sizes)).toBeGreaterThan(5);
    // Published test vectors of the hash: "" 811c9dc5, "a" e40c292c, "foobar" bf9cf968.
    expect(["", "a", "foobar"].map(foldOf)).toEqual([0x811c9dc5 % 5, 0xe40c292c % 5, 0xbf9cf968 % 5]);
    expect(
      crossFit(
        rows,
        () => null,
        () => 1,
      ),
    ).toBeNull();
  });
});

describe("tryRecalibration", () => {
  it("brings overconfident labels near to what they should say", () => {
    const { temperature, isotonic } = tryRecalibration(simulate(3_000, 2.5), "equal-mass");
    expect(Math.abs((temperature.fit?.T ?? 0) - 2.5)).toBeLessThan(0.3);
    for (const fit of [temperature.fit, isotonic.fit]) {
      expect(fit?.eceBefore).toBeGreaterThan(0.1);
      expect(fit?.eceAfter).toBeLessThan(0.04);
      expect(fit?.logLossAfter ?? 9).toBeLessThan(fit?.logLossBefore ?? 0);
    }
  });

  it("weighs all rows alike whatever the one weight is", () => {
    const rows = simulate(250, 1.5);
    const heavy = rows.map((one) => ({ ...one, weight: 4 }));
    const [plain, weighted] = [tryRecalibration(rows, "equal-mass"), tryRecalibration(heavy, "equal-mass")];
    for (const name of ["eceBefore", "eceAfter", "logLossBefore", "logLossAfter"] as const) {
      expect(weighted.temperature.fit?.[name]).toBeCloseTo(plain.temperature.fit?.[name] ?? Number.NaN, 6);
      expect(weighted.isotonic.fit?.[name]).toBeCloseTo(plain.isotonic.fit?.[name] ?? Number.NaN, 6);
    }
  });

  it("says why there is none", () => {
    const rows = simulate(250, 1.5);
    const of = (some: readonly CalibrationRow[]) => {
      const { temperature, isotonic } = tryRecalibration(some, "equal-mass");
      return [temperature.reason ?? "fitted", temperature.n, isotonic.reason ?? "fitted", isotonic.n];
    };
    expect(of(rows)).toEqual(["fitted", 250, "fitted", 250]);
    expect(of(rows.slice(0, 199))).toEqual(["fitted", 199, "too_few", 199]);
    expect(of(rows.slice(0, 49))).toEqual(["too_few", 49, "too_few", 49]);
    expect(of(rows.map((one) => ({ ...one, options: null })))).toEqual([
      "no_probabilities",
      0,
      "fitted",
      250,
    ]);
    const all = (correct: boolean) => rows.map((one) => ({ ...one, correct }));
    expect(of(all(true))).toEqual(["all_right", 250, "all_right", 250]);
    expect(of(all(false))).toEqual(["all_wrong", 250, "all_wrong", 250]);
    const even = rows.map((one) => ({ ...one, options: { probabilities: [0.5, 0.5], given: 0, truth: 1 } }));
    expect(of(even)).toEqual(["no_optimum", 250, "fitted", 250]);
  });
});
