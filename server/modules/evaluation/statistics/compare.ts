import { cohenKappa, type KappaReason } from "./cohen-kappa";
import { type Confusion, confusionMatrix, type OptionScore, scoreOptions } from "./confusion";
import type { ConfusionCell, PairCell } from "./joint-counts";
import { mcnemarExactP } from "./mcnemar";
import { type PairedCounts, pairedDifference } from "./paired-difference";
import { type Interval, wilsonInterval } from "./wilson";

/**
 * Joint counts of labels; "can't tell" is no label and must not be counted, nor may gold that is none of the options.
 */
export type CompareInput = {
  /** False when annotators are compared with each other only. */
  hasGold: boolean;
  /** The label's options, in the order in which their figures are returned. */
  options: readonly string[];
  annotators: readonly { id: string; cells: readonly ConfusionCell[] }[];
  pairs: readonly { a: string; b: string; cells: readonly PairCell[] }[];
};

type AnnotatorScore = {
  id: string;
  /** Records with both gold and this annotator's label. */
  n: number;
  correct: number;
  /** correct / n; null when n is 0. */
  accuracy: number | null;
  /** Wilson's 95 % interval of the accuracy; null when n is 0. */
  interval: Interval | null;
  confusion: Confusion;
  perOption: OptionScore[];
};

type PairScore = PairedCounts & {
  a: string;
  b: string;
  /** Records with gold and the labels of both. */
  n: number;
  /** Accuracy of a minus accuracy of b on these records; null when n is 0. */
  difference: number | null;
  /** Newcombe's 95 % interval of the difference; null when n is 0. */
  interval: Interval | null;
  /** Exact McNemar test; null without a gold standard. */
  mcnemarP: number | null;
  /** Cohen's κ of the two with each other: on these records, or on their overlap when no gold standard was given. */
  kappa: number | null;
  kappaReason?: KappaReason;
  /** Records that both labeled, with or without gold. */
  overlap: number;
  /** Those of the overlap on which the two differ. */
  conflicts: number;
};

export type Comparison = { annotators: AnnotatorScore[]; pairs: PairScore[] };

/**
 * Scores annotators (people, jobs or imports) against a gold standard and against each other, in the order given. Values
 * are right when the sets of chosen options are equal. Each figure is over the records that it needs: an annotator's own
 * over those with gold and its label, a pair's over those with gold and the labels of both. A given value outside the
 * options (of an older schema) counts as wrong.
 *
 * The formulas and their sources are in `wilson`, `paired-difference`, `mcnemar`, `cohen-kappa` and `confusion`.
 */
export function scoreComparison({ hasGold, options, annotators, pairs }: CompareInput): Comparison {
  return {
    annotators: annotators.map(({ id, cells }) => scoreAnnotator(id, cells, options)),
    pairs: pairs.map(({ a, b, cells }) => scorePair(a, b, cells, hasGold)),
  };
}

function scoreAnnotator(
  id: string,
  cells: readonly ConfusionCell[],
  options: readonly string[],
): AnnotatorScore {
  const n = total(cells);
  const correct = total(cells.filter(({ gold, given }) => gold === given));
  const confusion = confusionMatrix(cells);
  return {
    id,
    n,
    correct,
    accuracy: n === 0 ? null : correct / n,
    interval: wilsonInterval(correct, n),
    confusion,
    perOption: scoreOptions(confusion, options),
  };
}

function scorePair(a: string, b: string, cells: readonly PairCell[], hasGold: boolean): PairScore {
  const judged = cells.filter(({ right }) => right !== null);
  const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  for (const { right, count } of judged) if (right) counts[right] += count;
  const { kappa, kappaReason } = cohenKappa(hasGold ? judged : cells);
  return {
    a,
    b,
    n: total(judged),
    ...counts,
    ...pairedDifference(counts),
    mcnemarP: hasGold ? mcnemarExactP(counts.onlyA, counts.onlyB) : null,
    kappa,
    ...(kappaReason && { kappaReason }),
    overlap: total(cells),
    conflicts: total(cells.filter((cell) => cell.a !== cell.b)),
  };
}

const total = (cells: readonly { count: number }[]) => cells.reduce((sum, { count }) => sum + count, 0);
