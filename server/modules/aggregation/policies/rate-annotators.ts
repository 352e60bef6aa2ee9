import { at, type Fit, type VoteTable } from "./vote-table";

export type RatedAnnotator = {
  /** Records that the annotator labelled. */
  votes: number;
  /** Share of these votes that are expected to be right, 0 … 1; null without votes. */
  accuracy: number | null;
  /** By the true value what is given instead, in shares of all votes where it is true: `confusion[truth][given]`. */
  confusion: Map<string, Map<string, number>>;
};

/** How good each annotator is by a fit's own estimate of the truth, in the order of the table. */
export function rateAnnotators(
  { annotators, values, patterns }: VoteTable,
  { posteriors }: Fit,
): RatedAnnotator[] {
  const k = values.length;
  const votes = new Float64Array(annotators.length);
  /** Expected votes by annotator, given value and truth: what is added together lies together. */
  const expected = new Float64Array(annotators.length * k * k);
  for (const [row, { raters, given, records }] of patterns.entries())
    for (let i = 0; i < raters.length; i++) {
      const rater = at(raters, i);
      votes[rater] = at(votes, rater) + records;
      const cell = (rater * k + at(given, i)) * k;
      for (let truth = 0; truth < k; truth++)
        expected[cell + truth] = (expected[cell + truth] ?? 0) + records * (posteriors[row * k + truth] ?? 0);
    }
  return annotators.map((_, rater) => {
    const cellOf = (truth: number, given: number) => at(expected, (rater * k + given) * k + truth);
    const cellsOf = (truth: number) => Float64Array.from(values, (__, given) => cellOf(truth, given));
    const right = values.reduce((sum, __, truth) => sum + cellOf(truth, truth), 0);
    const all = at(votes, rater);
    return {
      votes: all,
      accuracy: all > 0 ? right / all : null,
      confusion: new Map(
        values.flatMap((value, truth) => {
          const row = sharesOf(cellsOf(truth), values);
          return row ? [[value, row] as const] : [];
        }),
      ),
    };
  });
}

/** Of one truth, how often each value is given where any is; null where the truth hardly ever occurs. */
function sharesOf(cells: Float64Array, values: readonly string[]): Map<string, number> | null {
  const sum = cells.reduce((total, cell) => total + cell, 0);
  if (sum < SELDOM) return null;
  return new Map(
    values.flatMap((value, given) =>
      at(cells, given) > 0 ? [[value, at(cells, given) / sum] as const] : [],
    ),
  );
}

/** Fewer expected votes on a truth than these say nothing of what is made of it. */
const SELDOM = 0.5;
