import { cohenKappa, type KappaReason } from "./cohen-kappa";
import { type Confusion, confusionMatrix, type OptionScore, scoreOptions } from "./confusion";
import { mcnemarExactP } from "./mcnemar";
import { type PairedCounts, pairedDifference } from "./paired-difference";
import { optionsOfKey } from "./value-key";
import { type Interval, wilsonInterval } from "./wilson";

/** Value keys (see `valueKey`) by record id. */
type Labels = ReadonlyMap<string, string>;

/** One annotator's labels; "can't tell" is no label and must be left out. */
export type LabeledBy = { id: string; labels: Labels };

export type CompareInput = {
  /** The value that counts as right, by record id; without it, annotators are compared with each other only. */
  gold?: Labels;
  annotators: readonly LabeledBy[];
  /** The label's options, in the order in which their figures are returned. */
  options: readonly string[];
};

export type AnnotatorScore = {
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

export type PairScore = PairedCounts & {
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

export type Comparison = {
  annotators: AnnotatorScore[];
  pairs: PairScore[];
  /** Records left out of everything, as their gold value is none of the options. */
  goldInvalid: number;
};

/**
 * Compares annotators (people, jobs or imports) with a gold standard and with each other, in the order given. Values are
 * right when the sets of chosen options are equal. Each figure is over the records that it needs: an annotator's own
 * over those with gold and its label, a pair's over those with gold and the labels of both. A given value outside the
 * options (of an older schema) counts as wrong.
 *
 * The formulas and their sources are in `wilson`, `paired-difference`, `mcnemar`, `cohen-kappa` and `confusion`.
 */
export function compareAnnotators({ gold, annotators, options }: CompareInput): Comparison {
  const validGold = gold && keepOptions(gold, options);
  return {
    annotators: annotators.map((annotator) => scoreAnnotator(annotator, validGold ?? new Map(), options)),
    pairs: annotators.flatMap((a, index) =>
      annotators.slice(index + 1).map((b) => scorePair(a, b, validGold)),
    ),
    goldInvalid: gold && validGold ? gold.size - validGold.size : 0,
  };
}

function keepOptions(gold: Labels, options: readonly string[]): Labels {
  const known = new Set(options);
  return new Map([...gold].filter(([, key]) => optionsOfKey(key).every((option) => known.has(option))));
}

function scoreAnnotator({ id, labels }: LabeledBy, gold: Labels, options: readonly string[]): AnnotatorScore {
  const judged = onlyRecordsOf(labels, gold);
  const n = judged.size;
  const correct = [...judged].filter(([recordId, value]) => value === gold.get(recordId)).length;
  const confusion = confusionMatrix(gold, judged);
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

function scorePair(a: LabeledBy, b: LabeledBy, gold: Labels | undefined): PairScore {
  const shared = onlyRecordsOf(a.labels, b.labels);
  const judged = gold ? onlyRecordsOf(shared, gold) : new Map<string, string>();
  const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  for (const [recordId, valueA] of judged) {
    const right = gold?.get(recordId);
    const rightB = b.labels.get(recordId) === right;
    if (valueA === right) counts[rightB ? "both" : "onlyA"] += 1;
    else counts[rightB ? "onlyB" : "neither"] += 1;
  }
  const { kappa, kappaReason } = cohenKappa(gold ? judged : shared, b.labels);
  return {
    a: a.id,
    b: b.id,
    n: judged.size,
    ...counts,
    ...pairedDifference(counts),
    mcnemarP: gold ? mcnemarExactP(counts.onlyA, counts.onlyB) : null,
    kappa,
    ...(kappaReason && { kappaReason }),
    overlap: shared.size,
    conflicts: [...shared].filter(([recordId, value]) => value !== b.labels.get(recordId)).length,
  };
}

function onlyRecordsOf(labels: Labels, records: Labels): Labels {
  return new Map([...labels].filter(([recordId]) => records.has(recordId)));
}
