import { type Interval, scoreInterval } from "./wilson";

/** Rows of a sample that are alike in what was found. */
type WeightedRows = {
  success: boolean;
  count: number;
  /** Sum of their weights 1/π, π being the chance with which each came into the sample. */
  weight: number;
  /** Sum of the squares of these weights. */
  squares: number;
};

type WeightedShare = { share: number; interval: Interval; effectiveSize: number };

/**
 * Hájek's estimator of a share from rows drawn with unequal chances π: Σ y/π ÷ Σ 1/π. Its variance is linearised,
 * n/(n − 1) · Σ (y − p)²/π² ÷ (Σ 1/π)², and turned into the size of a simple random sample that is as exact, at most n,
 * for which Wilson's interval is taken. Where all rows are of one kind the size is Kish's, (Σ 1/π)² ÷ Σ 1/π². The
 * population counts as infinite, which errs on the wide side.
 *
 * Sources: J. Hájek (1971), comment in "Foundations of Statistical Inference", p. 236; C.-E. Särndal, B. Swensson and
 * J. Wretman (1992), "Model Assisted Survey Sampling", 5.7; E. L. Korn and B. I. Graubard (1998), Survey Methodology
 * 24:193–201, for the effective size; L. Kish (1965), "Survey Sampling".
 *
 * @returns null without rows
 */
export function weightedShare(rows: readonly WeightedRows[]): WeightedShare | null {
  const sum = (of: (row: WeightedRows) => number) => rows.reduce((total, row) => total + of(row), 0);
  const n = sum(({ count }) => count);
  const weight = sum((row) => row.weight);
  if (n === 0 || weight === 0) return null;
  const share = Math.min(1, sum((row) => (row.success ? row.weight : 0)) / weight);
  const kish = weight ** 2 / sum(({ squares }) => squares);
  const variance =
    n === 1
      ? 0
      : ((n / (n - 1)) * sum(({ success, squares }) => squares * (Number(success) - share) ** 2)) /
        weight ** 2;
  const effectiveSize = variance === 0 ? kish : Math.min(n, (share * (1 - share)) / variance);
  return { share, effectiveSize, interval: scoreInterval(share, effectiveSize) };
}
