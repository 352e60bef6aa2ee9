import type { ReliabilityBin } from "./reliability-bins";
import { rightness, type ScoredRow, weightedMean } from "./scored-row";

export type BrierScore = {
  /** Mean squared distance of confidence and rightness, 0 … 1; less is better. */
  score: number;
  /** How far the bins' confidences are from their accuracies; 0 is best. */
  reliability: number;
  /** How far the bins' accuracies are from the overall one; more is better. */
  resolution: number;
  /** Of the overall accuracy a, a (1 − a): the score of whoever always says a. */
  uncertainty: number;
  /** What the confidences inside each bin add: score = reliability − resolution + uncertainty + withinBins. */
  withinBins: number;
};

/**
 * Brier score with its parts over the bins. With one confidence in each bin `withinBins` is 0.
 *
 * Sources: G. W. Brier (1950), Monthly Weather Review 78:1–3; A. H. Murphy (1973), "A new vector partition of the
 * probability score", Journal of Applied Meteorology 12:595–600; the part inside of bins: D. B. Stephenson, C. A. S.
 * Coelho, I. T. Jolliffe (2008), "Two extra components in the Brier score decomposition", Weather and Forecasting 23.
 *
 * @param bins of the same rows
 */
export function brierScore(rows: readonly ScoredRow[], bins: readonly ReliabilityBin[]): BrierScore {
  const score = weightedMean(rows, (row) => (row.conf - rightness(row)) ** 2);
  const overall = weightedMean(rows, rightness);
  const reliability = weightedMean(bins, ({ meanConf, accuracy }) => (meanConf - accuracy) ** 2);
  const resolution = weightedMean(bins, ({ accuracy }) => (accuracy - overall) ** 2);
  const uncertainty = overall * (1 - overall);
  return {
    score,
    reliability,
    resolution,
    uncertainty,
    withinBins: score - (reliability - resolution + uncertainty),
  };
}
