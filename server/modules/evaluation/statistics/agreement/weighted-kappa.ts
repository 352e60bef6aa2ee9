import type { PatternStatistic } from "../bootstrap";

/** How much two unequal ranks count as disagreement: fully, by their distance, by its square. */
export type Weighting = "none" | "linear" | "quadratic";

/** On how many records annotator A gave the rank `a` and B gave `b`; whole numbers from 0. */
export type RankCell = { a: number; b: number; count: number };

/**
 * Cohen's weighted κ of two annotators, 1 − Σ v·o / Σ v·e over the records that both labelled, v being the weight of a
 * disagreement, o and e how often it occurs and would by chance. Without weights it is `cohenKappa`.
 *
 * Source: J. Cohen (1968), "Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial
 * credit", Psychological Bulletin 70:213–220; weights by J. L. Fleiss and J. Cohen (1973), Educational and Psychological
 * Measurement 33:613–619.
 *
 * @returns κ from how many records are in each cell; null where there is none, or both gave one and the same rank throughout
 */
export function weightedKappa(
  cells: readonly Pick<RankCell, "a" | "b">[],
  weighting: Weighting,
): PatternStatistic {
  const size = 1 + cells.reduce((most, { a, b }) => Math.max(most, a, b), -1);
  return (counts) => {
    const ofA = new Array<number>(size).fill(0);
    const ofB = new Array<number>(size).fill(0);
    let n = 0;
    let observed = 0;
    cells.forEach(({ a, b }, at) => {
      const count = counts[at] ?? 0;
      n += count;
      ofA[a] = (ofA[a] ?? 0) + count;
      ofB[b] = (ofB[b] ?? 0) + count;
      observed += count * weightOf(a, b, weighting);
    });
    const expected = byChance[weighting](ofA, ofB, n);
    return expected === 0 ? null : 1 - (n * observed) / expected;
  };
}

function weightOf(a: number, b: number, weighting: Weighting): number {
  if (weighting === "none") return a === b ? 0 : 1;
  return weighting === "linear" ? Math.abs(a - b) : (a - b) ** 2;
}

type ByChance = (ofA: readonly number[], ofB: readonly number[], n: number) => number;

/** Σ v over all n² ways to pair a rank of A with one of B, in one pass; whole numbers, so that 0 is 0. */
const byChance: Record<Weighting, ByChance> = {
  none: (ofA, ofB, n) => n ** 2 - ofA.reduce((sum, count, rank) => sum + count * (ofB[rank] ?? 0), 0),
  // A distance is the number of steps between two ranks that it crosses.
  linear: (ofA, ofB, n) => {
    let [belowA, belowB, sum] = [0, 0, 0];
    ofA.forEach((count, rank) => {
      belowA += count;
      belowB += ofB[rank] ?? 0;
      sum += belowA * (n - belowB) + belowB * (n - belowA);
    });
    return sum;
  },
  quadratic: (ofA, ofB, n) => {
    const moment = (counts: readonly number[], power: number) =>
      counts.reduce((sum, count, rank) => sum + count * rank ** power, 0);
    return n * (moment(ofA, 2) + moment(ofB, 2)) - 2 * moment(ofA, 1) * moment(ofB, 1);
  },
};
