/**
 * Records on which the same annotators gave the same values. Annotators and values are named by their places in the
 * table's lists. However many records there are, a model is fitted to the patterns alone.
 */
export type VotePattern = {
  /** Who voted, each once. */
  raters: readonly number[];
  /** What each of them gave, in the same order. */
  given: readonly number[];
  /** What each of these votes counts, above 0. */
  weights: readonly number[];
  /** How many records have this pattern. */
  records: number;
};

export type VoteTable = {
  annotators: readonly string[];
  /** Keys of the values that were given. */
  values: readonly string[];
  patterns: readonly VotePattern[];
};

/** What a policy makes of a table. */
export type Fit = {
  /** How likely each value is the true one, 0 … 1; the cell of a pattern and value is `pattern * values + value`. */
  posteriors: Float64Array;
  /** Natural logarithm of the likelihood of all votes; null of a policy that is no model. */
  logLikelihood: number | null;
  /** Steps of the start that was kept; null of a policy that is no model. */
  iterations: number | null;
  /** False when it was ended although another step would still have gained. */
  converged: boolean;
  /** Of each annotator the chance that a vote is no guess; null of a policy that knows no such thing. */
  trust: readonly number[] | null;
};

/** A number of a table whose size is known. */
export const at = (cells: ArrayLike<number>, index: number): number => cells[index] ?? 0;

export function add(cells: Float64Array, index: number, what: number): void {
  cells[index] = at(cells, index) + what;
}

/** Each pattern's shares of the weighted votes: what weighted voting ends with, and where the models begin. */
export function voteShares({ values, patterns }: VoteTable): Float64Array {
  const shares = new Float64Array(patterns.length * values.length);
  for (const [row, { given, weights }] of patterns.entries()) {
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, value] of given.entries()) add(shares, row * values.length + value, at(weights, i) / all);
  }
  return shares;
}

/**
 * Turns the logarithms of what the values of one pattern weigh into their shares, in place.
 * @returns the logarithm of their sum
 */
export function toShares(scores: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - most);
  const whole = most + Math.log(sum);
  for (let value = 0; value < scores.length; value++) scores[value] = Math.exp(at(scores, value) - whole);
  return whole;
}

/** The cells of one pattern. */
export const rowOf = (cells: Float64Array, row: number, width: number): Float64Array =>
  cells.subarray(row * width, (row + 1) * width);
