import { type Interval, wilsonInterval } from "./wilson";

/** How often two annotators are right on the same rows. */
export type PairedCounts = { both: number; onlyA: number; onlyB: number; neither: number };

export type PairedDifference = {
  /** Accuracy of A minus accuracy of B, −1 … 1; null without rows. */
  difference: number | null;
  /** 95 % interval of the difference; null without rows. */
  interval: Interval | null;
};

/**
 * Correlation φ of "A is right" with "B is right", shrunk towards 0 by Newcombe's continuity correction where it is
 * positive; 0 when one of the two is always right or always wrong.
 */
function correctedCorrelation({ both, onlyA, onlyB, neither }: PairedCounts): number {
  const n = both + onlyA + onlyB + neither;
  const margins = (both + onlyA) * (onlyB + neither) * (both + onlyB) * (onlyA + neither);
  if (margins === 0) return 0;
  const covariance = both * neither - onlyA * onlyB;
  return (covariance > 0 ? Math.max(covariance - n / 2, 0) : covariance) / Math.sqrt(margins);
}

/** √(x² − 2φxy + y²), the joint distance of two correlated limits from their estimates. */
function joinDistances(x: number, y: number, correlation: number): number {
  // For |φ| = 1 and x = y a rounding error may fall below 0.
  return Math.sqrt(Math.max(x * x - 2 * correlation * x * y + y * y, 0));
}

/**
 * Difference of two proportions measured on the same rows, with Newcombe's interval for paired data (method 10):
 * Wilson's intervals of both proportions, joined through their correlation.
 *
 * Source: R. G. Newcombe (1998), "Improved confidence intervals for the difference between binomial proportions based
 * on paired data", Statistics in Medicine 17:2635–2650.
 *
 * @throws RangeError when a count is not a whole number ≥ 0
 */
export function pairedDifference(counts: PairedCounts): PairedDifference {
  const { both, onlyA, onlyB, neither } = counts;
  if (Object.values(counts).some((count) => !Number.isSafeInteger(count) || count < 0)) {
    throw new RangeError(`not paired counts: ${JSON.stringify(counts)}`);
  }
  const n = both + onlyA + onlyB + neither;
  const intervalA = wilsonInterval(both + onlyA, n);
  const intervalB = wilsonInterval(both + onlyB, n);
  if (intervalA === null || intervalB === null) return { difference: null, interval: null };

  const shareA = (both + onlyA) / n;
  const shareB = (both + onlyB) / n;
  const difference = (onlyA - onlyB) / n;
  const correlation = correctedCorrelation(counts);
  const below = joinDistances(shareA - intervalA[0], intervalB[1] - shareB, correlation);
  const above = joinDistances(intervalA[1] - shareA, shareB - intervalB[0], correlation);
  return { difference, interval: [Math.max(difference - below, -1), Math.min(difference + above, 1)] };
}
