import { type Interval, scoreInterval } from "../wilson";
import { effectiveSize, rightness, type ScoredRow, totalWeight, weightedMean } from "./scored-row";

/** `equal-mass`: as much weight in each; `equal-width`: as wide a range of confidence in each. */
export type BinKind = "equal-mass" | "equal-width";

export type ReliabilityBin = {
  /** The confidences that it holds: the lowest and highest of equal mass, the range of equal width. */
  from: number;
  to: number;
  /** Rows. */
  n: number;
  weight: number;
  meanConf: number;
  accuracy: number;
  /** Wilson's 95 % interval of the accuracy, of weighted rows over their effective size. */
  interval: Interval;
};

const BINS = 10;

/**
 * Rows by confidence in at most ten bins; empty ones are left out. Rows of one confidence share a bin: which of them
 * came first says nothing. So a confidence that most rows have makes one large bin, and fewer than ten of equal mass.
 */
export function reliabilityBins(rows: readonly ScoredRow[], kind: BinKind): ReliabilityBin[] {
  const groups = kind === "equal-mass" ? byMass(rows) : byWidth(rows);
  return groups.map(({ from, to, rows: held }) => {
    const accuracy = weightedMean(held, rightness);
    const size = effectiveSize(held);
    return {
      from,
      to,
      n: held.length,
      weight: totalWeight(held),
      meanConf: weightedMean(held, ({ conf }) => conf),
      accuracy,
      interval: scoreInterval(accuracy, size),
    };
  });
}

type Group = { from: number; to: number; rows: ScoredRow[] };

function byWidth(rows: readonly ScoredRow[]): Group[] {
  const groups = Array.from(
    { length: BINS },
    (_, at): Group => ({ from: at / BINS, to: (at + 1) / BINS, rows: [] }),
  );
  for (const row of rows) groups[Math.min(Math.floor(row.conf * BINS), BINS - 1)]?.rows.push(row);
  return groups.filter((group) => group.rows.length > 0);
}

/** Each confidence goes to the tenth of the weight in which the middle of its own weight lies. */
function byMass(rows: readonly ScoredRow[]): Group[] {
  const total = totalWeight(rows);
  const groups = new Map<number, Group>();
  let below = 0;
  for (const tied of tiesOf(rows)) {
    const own = totalWeight(tied.rows);
    const place = Math.min(Math.floor(((below + own / 2) / total) * BINS), BINS - 1);
    below += own;
    const group = groups.get(place);
    if (group) {
      group.to = tied.conf;
      group.rows.push(...tied.rows);
    } else groups.set(place, { from: tied.conf, to: tied.conf, rows: [...tied.rows] });
  }
  return [...groups.values()];
}

/** Rows of one confidence together, the lowest first. */
export function tiesOf<Row extends ScoredRow>(rows: readonly Row[]): { conf: number; rows: Row[] }[] {
  const ties: { conf: number; rows: Row[] }[] = [];
  for (const row of rows.toSorted((a, b) => a.conf - b.conf)) {
    const last = ties.at(-1);
    if (last?.conf === row.conf) last.rows.push(row);
    else ties.push({ conf: row.conf, rows: [row] });
  }
  return ties;
}

/**
 * Expected calibration error: the mean distance of confidence and accuracy over the bins, by their weight. 0 … 1.
 *
 * Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian
 * binning", AAAI; bins of equal mass as in K. Nguyen, B. O'Connor (2015), "Posterior calibration and exploratory
 * analysis for natural language processing models", EMNLP.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  return weightedMean(bins, ({ meanConf, accuracy }) => Math.abs(meanConf - accuracy));
}

/**
 * The calibration error that these rows would show by chance if each were right exactly as often as its confidence says.
 * A distance is never negative, so that it is above 0, and the larger the fewer rows there are: an error near it shows
 * nothing. In each bin the mean distance of a normal variable, √(2/π) · σ, with σ² = Σ w² conf (1 − conf) / (Σw)².
 */
export function errorByChance(rows: readonly ScoredRow[], kind: BinKind): number {
  const groups = kind === "equal-mass" ? byMass(rows) : byWidth(rows);
  const spread = ({ rows: held }: Group) =>
    Math.sqrt(held.reduce((sum, { conf, weight }) => sum + weight ** 2 * conf * (1 - conf), 0));
  const sum = groups.reduce((total, group) => total + spread(group), 0);
  return (Math.sqrt(2 / Math.PI) * sum) / totalWeight(rows);
}
