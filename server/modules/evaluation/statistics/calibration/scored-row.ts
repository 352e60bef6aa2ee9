/** One label whose truth is known. */
export type ScoredRow = {
  /** The annotator's confidence in it, 0 … 1. */
  conf: number;
  correct: boolean;
  /** 1/π, where π > 0 is the chance with which the row came to be checked; 1 where it was not drawn. */
  weight: number;
};

export const totalWeight = (rows: readonly Pick<ScoredRow, "weight">[]): number =>
  rows.reduce((sum, { weight }) => sum + weight, 0);

/** The weighted mean of what `read` reads in each row; NaN without rows. */
export function weightedMean<Row extends Pick<ScoredRow, "weight">>(
  rows: readonly Row[],
  read: (row: Row) => number,
): number {
  return rows.reduce((sum, row) => sum + row.weight * read(row), 0) / totalWeight(rows);
}

export const rightness = ({ correct }: Pick<ScoredRow, "correct">): number => (correct ? 1 : 0);

/**
 * How many rows of equal weight tell a mean as exactly: (Σw)² / Σw², the number of rows when all weigh the same.
 *
 * Source: L. Kish (1965), "Survey Sampling", section 11.7.
 */
export function effectiveSize(rows: readonly Pick<ScoredRow, "weight">[]): number {
  return totalWeight(rows) ** 2 / rows.reduce((sum, { weight }) => sum + weight ** 2, 0);
}
