import { byCodePoint } from "@/server/platform/code-point-order";
import { at, type Fit, rowOf, type VoteTable } from "./vote-table";

/** What a fit says of all records of one pattern. */
export type PatternOutcome = {
  /** The likeliest value; null on a tie. */
  value: string | null;
  /** The values that share the first place, in code point order; only on a tie. */
  tie?: string[];
  /** How likely the value is, 0 … 1; null where there is none. */
  confidence: number | null;
  /** Spread of the values' likelihoods, in bits. */
  entropy: number;
  /** Who gave the value, or one of the tied ones, in code point order. */
  annotatorIds: string[];
  votes: number;
};

/** Likelihoods that differ by less are equal. */
const EQUAL = 1e-9;

/** What the posterior of a pattern comes to. A tie is shown as a tie, as under every policy. */
export function outcomeOf(table: VoteTable, { posteriors }: Fit, row: number): PatternOutcome {
  const { annotators, values, patterns } = table;
  const { raters = [], given = [] } = patterns[row] ?? {};
  const shares = [...rowOf(posteriors, row, values.length)];
  const most = Math.max(...shares);
  const front = values.filter((_, value) => at(shares, value) >= most - EQUAL).sort(byCodePoint);
  const [value = null] = front;
  const annotatorIds = raters
    .filter((_, i) => front.includes(values[at(given, i)] ?? ""))
    .map((rater) => annotators[rater] ?? "")
    .sort(byCodePoint);
  const shared = { entropy: bitsOf(shares), annotatorIds, votes: raters.length };
  return front.length === 1
    ? { value, confidence: most, ...shared }
    : { value: null, tie: front, confidence: null, ...shared };
}

/** Shannon entropy of shares, in bits. */
function bitsOf(shares: readonly number[]): number {
  let bits = 0;
  for (const share of shares) if (share > 0) bits += share * Math.log2(1 / share);
  return bits;
}
