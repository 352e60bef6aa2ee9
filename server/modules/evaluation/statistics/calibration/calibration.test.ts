import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { auroc } from "./auroc";
import { brierScore } from "./brier-score";
import { logLoss } from "./log-loss";
import { measureCalibration } from "./measure-calibration";
import type { CalibrationRow } from "./recalibration";
import { errorByChance, expectedCalibrationError, reliabilityBins } from "./reliability-bins";
import type { ScoredRow } from "./scored-row";

const row = (conf: number, correct: boolean, weight = 1): ScoredRow => ({ conf, correct, weight });

/** Few distinct confidences, so that ties and full bins come about. */
const someRow = fc.record({
  conf: fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
  correct: fc.boolean(),
  weight: fc.constantFrom(1, 2, 5),
});
const someRows = fc.array(someRow, { minLength: 1, maxLength: 80 });
const repeated = (rows: readonly ScoredRow[]) =>
  rows.flatMap(({ conf, correct, weight }) => Array.from({ length: weight }, () => row(conf, correct)));

/** Rows that are right as often as `chance` says of their confidence. */
function simulate(size: number, chance: (conf: number) => number, seed = 1): CalibrationRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, (_, at) => {
    const conf = random();
    return { ...row(conf, random() < chance(conf)), recordId: `record ${at}`, options: null };
  });
}

describe("reliabilityBins", () => {
  it("holds a tenth of the rows each, or a tenth of the range", () => {
    const rows = Array.from({ length: 40 }, (_, at) => row(at / 80, at % 2 === 0));
    const mass = reliabilityBins(rows, "equal-mass");
    expect(mass.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, () => 4));
    expect(mass[0]).toMatchObject({ from: 0, to: 3 / 80, accuracy: 0.5 });
    expect(mass[0]?.meanConf).toBeCloseTo(1.5 / 80, 12);
    const width = reliabilityBins(rows, "equal-width");
    expect(width.map(({ from, to, n }) => [from, to, n])).toEqual(
      [0, 0.1, 0.2, 0.3, 0.4].map((from, at) => [from, [0.1, 0.2, 0.3, 0.4, 0.5][at], 8]),
    );
    expect(reliabilityBins([row(1, true)], "equal-width")[0]).toMatchObject({ from: 0.9, to: 1 });
  });

  it("keeps rows of one confidence together", () => {
    const rows = [
      ...Array.from({ length: 18 }, (_, at) => row(0.9, at > 3)),
      row(0.2, false),
      row(0.95, true),
    ];
    expect(reliabilityBins(rows, "equal-mass").map(({ from, n }) => [from, n])).toEqual([
      [0.2, 1],
      [0.9, 18],
      [0.95, 1],
    ]);
  });

  it("has Wilson's limits, of weighted rows over their effective size", () => {
    const plain = Array.from({ length: 50 }, (_, at) => row(0.9, at < 45));
    const [bin] = reliabilityBins(plain, "equal-mass");
    expect(bin?.interval[0]).toBeCloseTo(0.786, 3);
    expect(bin?.interval[1]).toBeCloseTo(0.957, 3);
    const [heavier] = reliabilityBins(
      plain.map((one) => ({ ...one, weight: 7 })),
      "equal-mass",
    );
    expect(heavier?.interval[0]).toBeCloseTo(bin?.interval[0] ?? 0, 12);
    expect(heavier?.weight).toBe(350);
    // (10 · 1 + 10 · 3)² / (10 · 1 + 10 · 9) = 16 rows of one weight, three quarters of them right.
    const mixed = Array.from({ length: 20 }, (_, at) => row(0.9, at < 10, at < 10 ? 3 : 1));
    const [of16] = reliabilityBins(mixed, "equal-mass");
    const [as12of16] = reliabilityBins(
      Array.from({ length: 16 }, (_, at) => row(0.9, at < 12)),
      "equal-mass",
    );
    expect(of16?.interval[0]).toBeCloseTo(as12of16?.interval[0] ?? 0, 12);
    expect(of16?.interval[1]).toBeCloseTo(as12of16?.interval[1] ?? 0, 12);
  });
});

describe("expectedCalibrationError", () => {
  it("is the mean distance over the bins, by their weight", () => {
    // 0.8 with 3 of 4 right, 0.6 with 1 of 2: 4/6 · 0.05 + 2/6 · 0.1.
    const rows = [
      ...[true, true, true, false].map((correct) => row(0.8, correct)),
      row(0.6, true),
      row(0.6, false),
    ];
    for (const kind of ["equal-mass", "equal-width"] as const)
      expect(expectedCalibrationError(reliabilityBins(rows, kind))).toBeCloseTo(1 / 15, 12);
    // With a weight of 3 the wrong one at 0.6 makes the bin 1 of 4: (4 · 0.05 + 4 · 0.35) / 8.
    const weighted = [...rows.slice(0, 5), row(0.6, false, 3)];
    expect(expectedCalibrationError(reliabilityBins(weighted, "equal-mass"))).toBeCloseTo(0.2, 12);
  });

  it("is near 0 where confidence is right, and what chance alone makes of it is told", () => {
    const many = simulate(20_000, (conf) => conf);
    expect(expectedCalibrationError(reliabilityBins(many, "equal-mass"))).toBeLessThan(0.015);
    const of = (seed: number) =>
      expectedCalibrationError(
        reliabilityBins(
          simulate(100, (conf) => conf, seed),
          "equal-mass",
        ),
      );
    const mean = Array.from({ length: 200 }, (_, seed) => of(seed)).reduce((sum, ece) => sum + ece / 200, 0);
    const told = errorByChance(
      simulate(100, (conf) => conf),
      "equal-mass",
    );
    expect(Math.abs(told - mean)).toBeLessThan(0.01);
    expect(mean).toBeGreaterThan(0.05);
  });

  it("sees overconfidence", () => {
    const rows = simulate(20_000, (conf) => conf / 2);
    expect(expectedCalibrationError(reliabilityBins(rows, "equal-width"))).toBeCloseTo(0.25, 2);
  });
});

describe("brierScore", () => {
  it("is the mean squared distance", () => {
    const rows = [row(0.9, true), row(0.8, false), row(0.3, false), row(0.6, true)];
    // (0.01 + 0.64 + 0.09 + 0.16) / 4
    expect(brierScore(rows, reliabilityBins(rows, "equal-mass")).score).toBeCloseTo(0.225, 12);
  });

  it("is reliability − resolution + uncertainty when each bin has one confidence", () => {
    const tenth = someRow.map((one) => ({ ...one, conf: Math.floor(one.conf * 10) / 10 + 0.05 }));
    const upTo1 = tenth.map((one) => ({ ...one, conf: Math.min(one.conf, 0.95) }));
    fc.assert(
      fc.property(fc.array(upTo1, { minLength: 1, maxLength: 80 }), (rows) => {
        const parts = brierScore(rows, reliabilityBins(rows, "equal-width"));
        expect(parts.withinBins).toBeCloseTo(0, 12);
        expect(parts.reliability - parts.resolution + parts.uncertainty).toBeCloseTo(parts.score, 12);
      }),
      { numRuns: 50 },
    );
  });
});

describe("logLoss", () => {
  it("is the mean of −ln of what came true, and finite for certainty that was wrong", () => {
    expect(logLoss([row(0.8, true), row(0.4, false, 3)])).toBeCloseTo(
      -(Math.log(0.8) + 3 * Math.log(0.6)) / 4,
      12,
    );
    expect(logLoss([row(1, false)])).toBeCloseTo(6 * Math.LN10, 9);
    expect(logLoss([row(1, true)])).toBeLessThan(1e-5);
  });
});

describe("auroc", () => {
  it("is counted by hand, ties as halves", () => {
    // Right 0.9, 0.6; wrong 0.6, 0.2: 1 + 1 + ½ + 1 of 4.
    expect(auroc([row(0.9, true), row(0.6, true), row(0.6, false), row(0.2, false)])).toBe(0.875);
    expect(auroc([row(0.9, true), row(0.6, true)])).toBeNull();
    expect(auroc([row(0.9, false)])).toBeNull();
  });

  it("equals the share of pairs of a right and a wrong row, by their weights", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        let won = 0;
        let pairs = 0;
        for (const right of rows)
          for (const wrong of rows) {
            if (!right.correct || wrong.correct) continue;
            const weight = right.weight * wrong.weight;
            pairs += weight;
            won += right.conf > wrong.conf ? weight : right.conf === wrong.conf ? weight / 2 : 0;
          }
        const area = auroc(rows);
        if (pairs === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(won / pairs, 12);
      }),
      { numRuns: 50 },
    );
  });
});

describe("measureCalibration", () => {
  const told = (rows: readonly ScoredRow[]) => {
    const bins = reliabilityBins(rows, "equal-mass");
    const { score, reliability, resolution, uncertainty } = brierScore(rows, bins);
    return [
      expectedCalibrationError(bins),
      score,
      reliability,
      resolution,
      uncertainty,
      logLoss(rows),
      auroc(rows) ?? -1,
      ...bins.flatMap(({ from, to, weight, meanConf, accuracy }) => [from, to, weight, meanConf, accuracy]),
    ];
  };

  it("counts a row of weight 3 as three rows", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const [weighted, counted] = [told(rows), told(repeated(rows))];
        expect(weighted.length).toBe(counted.length);
        weighted.forEach((figure, at) => {
          expect(figure).toBeCloseTo(counted[at] ?? Number.NaN, 10);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("tells nothing of fewer than 30 rows", () => {
    expect(measureCalibration([], "equal-mass")).toEqual({ n: 0, effectiveN: null, figures: null });
    const rows = simulate(30, (conf) => conf);
    expect(measureCalibration(rows.slice(1), "equal-mass").figures).toBeNull();
    const { figures, effectiveN } = measureCalibration(rows, "equal-mass");
    expect(effectiveN).toBe(30);
    expect(figures?.recalibration).toEqual({
      temperature: { n: 0, needs: 50, fit: null, reason: "no_probabilities" },
      isotonic: { n: 30, needs: 200, fit: null, reason: "too_few" },
    });
  });
});
