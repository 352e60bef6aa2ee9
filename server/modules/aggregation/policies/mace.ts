import { distinctByCodePoint } from "@/server/platform/code-point-order";
import { climb, type FitStep } from "./climb";
import { add, at, type Fit, rowOf, toShares, type VoteTable } from "./vote-table";

const STARTS = 10;
const MOST_STEPS = 500;
/** Part of these steps that each start takes before the likeliest goes on. */
const FIRST = 0.1;
/** Votes that are added to each annotator's knowing and guessing, and, shared among the values, to the guesses. */
const SMOOTHING = 0.01;

/** Of each annotator the chance that a vote is no guess, and what is guessed how often: by rater and value. */
type Habits = { trust: Float64Array; guesses: Float64Array };

/**
 * Who knows and who guesses: an annotator either gives the true value or guesses, by a habit that does not look at the
 * record. Both are found by expectation and maximisation. Ten starts, one even and nine scattered ones, the same each
 * time, go 50 steps; the likeliest goes on for at most 500. Before any vote all values are alike. A vote of weight w enters the likelihood
 * to the power w.
 *
 * Source: D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy, "Learning whom to trust with MACE", NAACL-HLT 2013,
 * 1120–1130; by EM with smoothing, not by its variational variant.
 *
 * @param mostSteps instead of those 500, of which each start goes a tenth
 * @returns its steps; their objective is the logarithm of the posterior density
 */
export function* fitMace(
  table: VoteTable,
  { mostSteps = MOST_STEPS }: { mostSteps?: number } = {},
): Generator<FitStep, Fit> {
  const k = table.values.length;
  const posteriors = new Float64Array(table.patterns.length * k);
  const scatter = scattered();
  let best: { start: number; objective: number; habits: Habits } | null = null;
  for (let start = 0; start < STARTS; start++) {
    let habits = startHabits(table, start === 0 ? () => 0.5 : scatter);
    expect(table, habits, posteriors);
    const { objective } = yield* climb(start, Math.ceil(FIRST * mostSteps), () => {
      habits = maximise(table, habits, posteriors);
      return expect(table, habits, posteriors) + logPrior(habits, k);
    });
    if (!best || objective > best.objective + WORTH) best = { start, objective, habits };
  }
  let { habits, start } = best ?? { habits: startHabits(table, () => 0.5), start: 0 };
  let logLikelihood = expect(table, habits, posteriors);
  const { iterations, converged } = yield* climb(start, mostSteps, () => {
    habits = maximise(table, habits, posteriors);
    logLikelihood = expect(table, habits, posteriors);
    return logLikelihood + logPrior(habits, k);
  });
  return { posteriors, logLikelihood, iterations, converged, trust: [...habits.trust] };
}

/** A start that gains less than this is no better than one before it. */
const WORTH = 1e-6;

/** Numbers between 0 and 1 that lie evenly: multiples of the golden section, without their whole part. */
function scattered(): () => number {
  let turns = 0;
  return () => (++turns * GOLDEN) % 1;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Drawn in the order of the names, so that the order of a table's lists makes no difference. */
function startHabits({ annotators, values }: VoteTable, draw: () => number): Habits {
  const k = values.length;
  const trust = new Float64Array(annotators.length);
  const guesses = new Float64Array(annotators.length * k);
  for (const annotator of distinctByCodePoint(annotators)) {
    const rater = annotators.indexOf(annotator);
    trust[rater] = draw();
    for (const value of distinctByCodePoint(values)) guesses[rater * k + values.indexOf(value)] = draw();
    toParts(rowOf(guesses, rater, k));
  }
  return { trust, guesses };
}

/** The habits under which the votes are likeliest, if truth and guesses are as likely as they are thought to be. */
function maximise(
  { annotators, values, patterns }: VoteTable,
  { trust, guesses }: Habits,
  posteriors: Float64Array,
): Habits {
  const k = values.length;
  const known = new Float64Array(annotators.length).fill(SMOOTHING);
  const guessed = new Float64Array(annotators.length * k).fill(SMOOTHING / k);
  patterns.forEach(({ raters, given, weights, records }, row) => {
    for (let i = 0; i < raters.length; i++) {
      const rater = at(raters, i);
      const cell = rater * k + at(given, i);
      const votes = records * at(weights, i);
      const share = at(trust, rater);
      const right = share / (share + (1 - share) * at(guesses, cell));
      const knowing = at(posteriors, row * k + at(given, i)) * right;
      add(known, rater, votes * knowing);
      add(guessed, cell, votes * (1 - knowing));
    }
  });
  const next = new Float64Array(annotators.length);
  for (let rater = 0; rater < annotators.length; rater++)
    next[rater] = at(known, rater) / (at(known, rater) + toParts(rowOf(guessed, rater, k)));
  return { trust: next, guesses: guessed };
}

/** Puts into `posteriors` how likely each value is under these habits. @returns the logarithm of the likelihood */
function expect({ values, patterns }: VoteTable, habits: Habits, posteriors: Float64Array): number {
  const k = values.length;
  const { asGuess, gain } = logChances(habits, k);
  let logLikelihood = 0;
  patterns.forEach(({ raters, given, weights, records }, row) => {
    const scores = rowOf(posteriors, row, k).fill(0);
    let guessing = -Math.log(k);
    for (let i = 0; i < raters.length; i++) {
      const cell = at(raters, i) * k + at(given, i);
      guessing += at(weights, i) * at(asGuess, cell);
      add(scores, at(given, i), at(weights, i) * at(gain, cell));
    }
    logLikelihood += records * (guessing + toShares(scores));
  });
  return logLikelihood;
}

/** Logarithms of the chance of a vote where another value is true, and of how much likelier it is where its own is. */
function logChances({ trust, guesses }: Habits, k: number): { asGuess: Float64Array; gain: Float64Array } {
  const chances = { asGuess: new Float64Array(guesses.length), gain: new Float64Array(guesses.length) };
  for (let cell = 0; cell < guesses.length; cell++) {
    const share = at(trust, Math.floor(cell / k));
    const wrong = (1 - share) * at(guesses, cell);
    chances.asGuess[cell] = Math.log(wrong);
    chances.gain[cell] = Math.log(share + wrong) - Math.log(wrong);
  }
  return chances;
}

/** What the smoothing adds to the objective: it is as if these votes had been seen too. */
function logPrior({ trust, guesses }: Habits, values: number): number {
  let sum = 0;
  for (const share of trust) sum += SMOOTHING * (Math.log(share) + Math.log(1 - share));
  for (const share of guesses) sum += (SMOOTHING / values) * Math.log(share);
  return sum;
}

/** Turns amounts into their shares, in place. @returns their sum */
function toParts(cells: Float64Array): number {
  let sum = 0;
  for (const cell of cells) sum += cell;
  for (let i = 0; i < cells.length; i++) cells[i] = at(cells, i) / sum;
  return sum;
}
