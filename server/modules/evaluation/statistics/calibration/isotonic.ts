import { tiesOf } from "./reliability-bins";
import { effectiveSize, rightness, type ScoredRow, totalWeight, weightedMean } from "./scored-row";

/** Calibrated confidence as a line through these points, level beyond the first and the last. */
export type IsotonicCurve = readonly { conf: number; calibrated: number }[];

/**
 * The non-decreasing sequence that is nearest to `values` in weighted least squares, by pooling neighbours that are out
 * of order.
 *
 * Source: M. Ayer et al. (1955), "An empirical distribution function for sampling with incomplete information", Annals
 * of Mathematical Statistics 26:641–647.
 *
 * @param weights one > 0 for each value
 */
export function poolAdjacentViolators(values: readonly number[], weights: readonly number[]): number[] {
  const blocks: { mean: number; weight: number; size: number }[] = [];
  values.forEach((value, at) => {
    let block = { mean: value, weight: weights[at] ?? 0, size: 1 };
    for (let before = blocks.at(-1); before && before.mean >= block.mean; before = blocks.at(-1)) {
      blocks.pop();
      const weight = before.weight + block.weight;
      block = {
        mean: (before.mean * before.weight + block.mean * block.weight) / weight,
        weight,
        size: before.size + block.size,
      };
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean));
}

/**
 * Isotonic regression of rightness on confidence. As the lowest block is often all wrong and the highest all right, no
 * value comes nearer to 0 or 1 than 1/(n + 2), n the effective number of rows: so many say no more than that.
 *
 * Source: B. Zadrozny, C. Elkan (2002), "Transforming classifier scores into accurate multiclass probability estimates",
 * KDD.
 *
 * @param rows at least one
 */
export function fitIsotonic(rows: readonly ScoredRow[]): IsotonicCurve {
  const ties = tiesOf(rows);
  const nearest = 1 / (effectiveSize(rows) + 2);
  const pooled = poolAdjacentViolators(
    ties.map((tied) => weightedMean(tied.rows, rightness)),
    ties.map((tied) => totalWeight(tied.rows)),
  );
  return ties.map(({ conf }, at) => ({
    conf,
    calibrated: Math.min(Math.max(pooled[at] ?? 0, nearest), 1 - nearest),
  }));
}

/** What the curve makes of a confidence; between two points on the line from one to the other. */
export function calibrate(curve: IsotonicCurve, conf: number): number {
  let low = 0;
  let high = curve.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.conf ?? 0) <= conf) low = middle;
    else high = middle;
  }
  const [from, to] = [curve[low], curve[high]];
  if (!from || !to) return conf;
  if (conf <= from.conf) return from.calibrated;
  if (conf >= to.conf) return to.calibrated;
  return from.calibrated + ((conf - from.conf) / (to.conf - from.conf)) * (to.calibrated - from.calibrated);
}
