import { climb, type FitStep } from "./climb";
import { add, at, type Fit, rowOf, toShares, type VoteTable, voteShares } from "./vote-table";

/** In which nearly every fit arrives long before. */
const MOST_STEPS = 1000;

/** Logarithms of how often each value is true, and of what each annotator makes of it, by rater, given value and truth. */
type Rates = { prior: Float64Array; confusion: Float64Array };

/**
 * How often each value is true and what each annotator makes of each, by expectation and maximisation from the shares of
 * the votes; then how likely each value is on a record, given who said what. A vote of weight w enters the likelihood to
 * the power w.
 *
 * Source: A. P. Dawid and A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm",
 * Applied Statistics 28 (1979), 20–28.
 *
 * @param smoothing votes that are added to every cell of every annotator's confusion and to every value's frequency; 0:
 *   plain maximum likelihood, under which what was never seen is impossible
 * @param mostSteps after which it ends even where another would gain
 * @returns its steps; their objective is the logarithm of the likelihood, with smoothing of the posterior density
 */
export function* fitDawidSkene(
  table: VoteTable,
  { smoothing = 0, mostSteps = MOST_STEPS }: { smoothing?: number; mostSteps?: number } = {},
): Generator<FitStep, Fit> {
  const posteriors = voteShares(table);
  let logLikelihood = 0;
  const { iterations, converged } = yield* climb(0, mostSteps, () => {
    const rates = maximise(table, posteriors, smoothing);
    logLikelihood = expect(table, rates, posteriors);
    return smoothing > 0
      ? logLikelihood + smoothing * (sumOf(rates.prior) + sumOf(rates.confusion))
      : logLikelihood;
  });
  return { posteriors, logLikelihood, iterations, converged, trust: null };
}

/** The rates under which the votes are likeliest, if the truth is as likely as it is thought to be. */
function maximise(
  { annotators, values, patterns }: VoteTable,
  posteriors: Float64Array,
  smoothing: number,
): Rates {
  const k = values.length;
  const prior = new Float64Array(k).fill(smoothing);
  const confusion = new Float64Array(annotators.length * k * k).fill(smoothing);
  const expected = new Float64Array(k);
  for (const [row, { raters, given, weights, records }] of patterns.entries()) {
    for (let truth = 0; truth < k; truth++) {
      expected[truth] = records * at(posteriors, row * k + truth);
      add(prior, truth, at(expected, truth));
    }
    for (let i = 0; i < raters.length; i++)
      addRow(confusion, (at(raters, i) * k + at(given, i)) * k, expected, at(weights, i));
  }
  toLogShares(prior, { from: 0, step: 1, count: k });
  for (let rater = 0; rater < annotators.length; rater++)
    for (let truth = 0; truth < k; truth++)
      toLogShares(confusion, { from: rater * k * k + truth, step: k, count: k });
  return { prior, confusion };
}

function addRow(cells: Float64Array, from: number, row: Float64Array, weight: number): void {
  for (let i = 0; i < row.length; i++) cells[from + i] = (cells[from + i] ?? 0) + weight * (row[i] ?? 0);
}

/** Turns amounts into the logarithms of their shares, in place. Without any amount nothing is known, nor asked for. */
function toLogShares(
  cells: Float64Array,
  { from, step, count }: { from: number; step: number; count: number },
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += at(cells, from + i * step);
  for (let i = 0; i < count; i++) {
    const cell = from + i * step;
    cells[cell] = sum > 0 ? Math.log(at(cells, cell) / sum) : Number.NEGATIVE_INFINITY;
  }
}

/** Puts into `posteriors` how likely each value is under these rates. @returns the logarithm of the likelihood */
function expect(
  { values, patterns }: VoteTable,
  { prior, confusion }: Rates,
  posteriors: Float64Array,
): number {
  const k = values.length;
  let logLikelihood = 0;
  for (const [row, { raters, given, weights, records }] of patterns.entries()) {
    const scores = rowOf(posteriors, row, k);
    scores.set(prior);
    for (let i = 0; i < raters.length; i++) {
      const cell = (at(raters, i) * k + at(given, i)) * k;
      const weight = at(weights, i);
      for (let truth = 0; truth < k; truth++)
        scores[truth] = (scores[truth] ?? 0) + weight * (confusion[cell + truth] ?? 0);
    }
    logLikelihood += records * toShares(scores);
  }
  return logLikelihood;
}

const sumOf = (cells: Float64Array): number => cells.reduce((sum, cell) => sum + cell, 0);
