import type { EstimateMethod } from "@/contracts/estimates";
import { predictionPowered } from "../prediction-powered";
import { sampleInterval } from "../sample-interval";
import { stratifiedShare } from "../stratified-share";
import { weightedShare } from "../weighted-share";
import type { Interval } from "../wilson";
import type { Evidence } from "./choose-evidence";
import { type LabelGroup, sizeOf, sumOf } from "./label-group";
import type { LabelStratum } from "./strata-of";

export type EstimatedShare = {
  value: number | null;
  interval: Interval | null;
  method: EstimateMethod | null;
};

type ShareInput = {
  evidence: Evidence;
  strata: readonly LabelStratum[];
  /** What counts: the same for all labels of a group. */
  success: (group: LabelGroup) => boolean;
  /** A prediction of it for any label of the population: the sums over a group of it and of its square. */
  predict: (group: LabelGroup) => { sum: number; squares: number };
};

/** The normal interval of prediction-powered inference needs so many rows, of either kind and wrongly predicted. */
const FEWEST = { rows: 100, either: 10 };
/** A population of which more is in strata without any checked label is not estimated. */
const MOST_UNCHECKED = 0.05;

/** The share of all labels of which something holds, by the method that the way they were chosen allows. */
export function estimateShare({ evidence, strata, success, predict }: ShareInput): EstimatedShare {
  const { groups, selection } = evidence;
  if (selection === "weighted") {
    const found = weightedShare(groups.map((group) => ({ ...group, success: success(group) })));
    return found
      ? { value: found.share, interval: found.interval, method: "hajek" }
      : { value: null, interval: null, method: null };
  }
  if (selection === "chosen") {
    const found = stratifiedShare(
      strata.map((stratum) => ({ ...stratum, successes: sizeOf(stratum.evidence.filter(success)) })),
    );
    return found.unchecked > MOST_UNCHECKED
      ? { value: null, interval: null, method: null }
      : { value: found.share, interval: found.interval, method: "stratified" };
  }
  const size = strata.reduce((sum, { population }) => sum + population, 0);
  const n = sizeOf(groups);
  const successes = sizeOf(groups.filter(success));
  return (
    predicted({ groups, strata, size, success, predict, n, successes }) ?? {
      value: successes / n,
      interval: sampleInterval(successes, n, size),
      method: "wilson",
    }
  );
}

type PredictedInput = Pick<ShareInput, "success" | "predict"> & {
  groups: readonly LabelGroup[];
  strata: readonly LabelStratum[];
  size: number;
  n: number;
  successes: number;
};

/** With the job's own labels as predictions; null where there are too few rows for it, or predictions say nothing. */
function predicted({
  groups,
  strata,
  size,
  success,
  predict,
  n,
  successes,
}: PredictedInput): EstimatedShare | null {
  const f = sumOf(groups, (group) => predict(group).sum);
  const yf = sumOf(groups.filter(success), (group) => predict(group).sum);
  const ff = sumOf(groups, (group) => predict(group).squares);
  // Σ (y − f)², which is the number of rows that were predicted wrongly where predictions are 0 or 1.
  const missed = successes - 2 * yf + ff;
  const enough =
    n >= FEWEST.rows &&
    [successes, n - successes].every((count) => count >= FEWEST.either) &&
    missed >= FEWEST.either;
  if (!enough) return null;
  const found = predictionPowered({
    sample: { n, y: successes, f, yy: successes, ff, yf },
    population: {
      size,
      f: strata.reduce((sum, { all }) => sum + sumOf(all, (group) => predict(group).sum), 0),
    },
  });
  return found && found.lambda !== 0
    ? { value: found.mean, interval: found.interval, method: "ppi++" }
    : null;
}
