import { type Interval, scoreInterval } from "../wilson";
import { auroc } from "./auroc";
import { type BrierScore, brierScore } from "./brier-score";
import { logLoss } from "./log-loss";
import { type CalibrationRow, type Recalibration, tryRecalibration } from "./recalibration";
import {
  type BinKind,
  errorByChance,
  expectedCalibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from "./reliability-bins";
import { effectiveSize, rightness, weightedMean } from "./scored-row";

/** Below this nothing is told. */
export const FEWEST_ROWS = 30;

type Figures = {
  meanConf: number;
  accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  interval: Interval;
  bins: ReliabilityBin[];
  ece: number;
  /** What `ece` would be by chance, were the confidence right. */
  eceByChance: number;
  brier: BrierScore;
  logLoss: number;
  /** Null when all rows are right, or all wrong. */
  auroc: number | null;
  recalibration: Recalibration;
};

export type Calibration = {
  n: number;
  /** How many rows of one weight say as much; null without rows. */
  effectiveN: number | null;
  /** Null below {@link FEWEST_ROWS}. */
  figures: Figures | null;
};

/**
 * How well an annotator's confidence says how often it is right. All figures are weighted by 1/π. The formulas and their
 * sources are in the files beside this one.
 */
export function measureCalibration(rows: readonly CalibrationRow[], kind: BinKind): Calibration {
  const n = rows.length;
  if (n === 0) return { n, effectiveN: null, figures: null };
  const effectiveN = effectiveSize(rows);
  if (n < FEWEST_ROWS) return { n, effectiveN, figures: null };
  const bins = reliabilityBins(rows, kind);
  const accuracy = weightedMean(rows, rightness);
  return {
    n,
    effectiveN,
    figures: {
      meanConf: weightedMean(rows, ({ conf }) => conf),
      accuracy,
      interval: scoreInterval(accuracy, effectiveN),
      bins,
      ece: expectedCalibrationError(bins),
      eceByChance: errorByChance(rows, kind),
      brier: brierScore(rows, bins),
      logLoss: logLoss(rows),
      auroc: auroc(rows),
      recalibration: tryRecalibration(rows, kind),
    },
  };
}
