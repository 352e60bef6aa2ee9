import { clopperPearsonUpper } from "./clopper-pearson";
import { type Interval, wilsonInterval } from "./wilson";

/** All labels at or above one threshold. */
export type Candidate = {
  threshold: number;
  /** Labels in the set. */
  accepted: number;
  /** Of these, drawn at random and checked; and how many of the checked are wrong. */
  checked: number;
  errors: number;
};

export type AcceptDesign = {
  /** Labels of the job, in no set or in some. */
  total: number;
  /** Labels that were drawn and checked, in no set or in some. */
  n: number;
  /** Share of errors that is allowed in the accepted set. */
  epsilon: number;
  /** Risk that the promise fails. */
  alpha: number;
};

export type AcceptChoice = {
  /** Place of the first candidate that was tested; null without candidates. */
  first: number | null;
  /** Place of the lowest threshold at which the promise holds; null when there is none. */
  chosen: number | null;
};

/**
 * The lowest threshold at which the error of the accepted set is at most ε with confidence 1 − α: candidates are tested
 * from the most confident down, each by its one-sided Clopper–Pearson bound at the full α, until the first fails. Since
 * none after a failed one is looked at, the risk that any set is wrongly accepted stays α, however many are tested.
 *
 * Valid for candidates, and a size of the draw, that were fixed without looking at errors, and a draw in which every label
 * had the same chance. Where testing begins follows from the size of the draw and of the sets alone.
 *
 * Source: W. Maurer, L. A. Hothorn and W. Lehmacher (1995), fixed-sequence testing; as risk control A. N. Angelopoulos et al.
 * (2021), "Learn then test", with the bound of Y. Geifman and R. El-Yaniv (2017), "Selective classification".
 *
 * @param candidates from the most confident down, each holding the one before
 */
export function chooseThreshold(candidates: readonly Candidate[], design: AcceptDesign): AcceptChoice {
  const first = firstTested(candidates, design);
  if (first === null) return { first, chosen: null };
  let chosen: number | null = null;
  for (let at = first; at < candidates.length; at++) {
    const candidate = candidates[at];
    if (!candidate || upperBound(candidate, design.alpha) > design.epsilon) break;
    chosen = at;
  }
  return { first, chosen };
}

const upperBound = ({ errors, checked }: Pick<Candidate, "errors" | "checked">, alpha: number): number =>
  clopperPearsonUpper(errors, checked, alpha);

/** Checked rows without an error from which the promise can hold: (1 − ε)ⁿ ≤ α. */
export const leastRows = ({ epsilon, alpha }: Pick<AcceptDesign, "epsilon" | "alpha">): number =>
  Math.ceil(Math.log(alpha) / Math.log1p(-epsilon));

/**
 * The first set that a draw of this size can be expected to hold enough rows of, by two standard deviations; else the
 * largest. A smaller one would fail for want of rows and end the sequence.
 */
function firstTested(candidates: readonly Candidate[], design: AcceptDesign): number | null {
  const { n, total } = design;
  const least = leastRows(design);
  const enough = candidates.findIndex(({ accepted }) => {
    const share = accepted / total;
    return n * share - 2 * Math.sqrt(n * share * (1 - share)) >= least;
  });
  if (candidates.length === 0) return null;
  return enough === -1 ? candidates.length - 1 : enough;
}

/**
 * How many more labels, drawn at random and checked without an error, would let {@link chooseThreshold} choose: as many of
 * them in each set as its share of the labels. 0 when it chooses now; null when the job has not so many left.
 */
export function rowsNeeded(candidates: readonly Candidate[], design: AcceptDesign): number | null {
  const wouldDo = (more: number) => {
    const grown = candidates.map(({ checked, ...candidate }) => ({
      ...candidate,
      checked: checked + Math.floor((more * candidate.accepted) / design.total),
    }));
    return chooseThreshold(grown, { ...design, n: design.n + more }).chosen !== null;
  };
  if (wouldDo(0)) return 0;
  const left = design.total - design.n;
  let high = 1;
  while (high < left && !wouldDo(high)) high *= 2;
  high = Math.min(high, left);
  if (high < 1 || !wouldDo(high)) return null;
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wouldDo(middle)) high = middle;
    else low = middle;
  }
  return high;
}

export type RiskStep = Candidate & {
  /** Share of all labels that are accepted, 0 … 1. */
  coverage: number;
  /** Share of the checked that are wrong; null without any. */
  risk: number | null;
  /** Wilson's, 95 %. */
  interval: Interval | null;
  /** One-sided, at 1 − α, for this candidate alone. */
  bound: number;
};

/** The risk–coverage curve: what is given up in error for what is accepted (R. El-Yaniv and Y. Wiener 2010, JMLR 11). */
export function riskCoverage(
  candidates: readonly Candidate[],
  { total, alpha }: Pick<AcceptDesign, "total" | "alpha">,
): RiskStep[] {
  return candidates.map((candidate) => ({
    ...candidate,
    coverage: candidate.accepted / total,
    risk: candidate.checked > 0 ? candidate.errors / candidate.checked : null,
    interval: wilsonInterval(candidate.errors, candidate.checked),
    bound: upperBound(candidate, alpha),
  }));
}
