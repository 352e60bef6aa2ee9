import { logFactorial } from "./stirling";
import type { Interval } from "./wilson";

const ALPHA = 0.05;
/** What rounding may take from a logarithm, so that it decides nothing about small populations. */
const ROUNDING = 1e-12;

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** ln of the chance that n drawn without replacement from N, of which K count, hold exactly s that count. */
const logChance = (s: number, n: number, K: number, N: number): number =>
  logChoose(K, s) + logChoose(N - K, n - s) - logChoose(N, n);

/**
 * A 95 % confidence sequence for the share of a finite population that counts, from draws at random without replacement:
 * with probability 0.95 it holds the share **at every n at once**, so that one may look after each draw and stop when
 * one likes. It is the set of totals K whose prior–posterior ratio stays below 1/α; with a uniform prior on K
 * (beta-binomial, a = b = 1) this is the set with (n + 1) · hypergeometric(s; N, K, n) > α; totals just at α are kept in.
 *
 * Source: I. Waudby-Smith and A. Ramdas (2020), "Confidence sequences for sampling without replacement", NeurIPS 33,
 * section 2; the inequality is Ville's, the mixture H. Robbins' (1970).
 *
 * @returns limits within [0, 1]; of no draw [0, 1]
 * @throws RangeError unless the counts are whole with 0 ≤ successes ≤ n ≤ population and population > 0
 */
export function confidenceSequence(successes: number, n: number, population: number): Interval {
  const counts = [successes, n, population];
  if (
    !counts.every(Number.isSafeInteger) ||
    successes < 0 ||
    successes > n ||
    n > population ||
    population < 1
  )
    throw new RangeError(`not a sample: ${successes} of ${n} of ${population}`);
  if (n === 0) return [0, 1];
  const floor = Math.log(ALPHA) - Math.log(n + 1) - ROUNDING;
  const holds = (K: number) => logChance(successes, n, K, population) > floor;
  // The chance is log-concave in K, and highest at the total that the draws suggest, which therefore holds.
  const [least, most] = [successes, population - n + successes];
  const likely = Math.min(most, Math.max(least, Math.floor((successes * (population + 1)) / n)));
  return [furthest(likely, least, holds) / population, furthest(likely, most, holds) / population];
}

/** The whole number furthest from `from` towards `to` for which it still holds, given that it holds at `from`. */
function furthest(from: number, to: number, holds: (at: number) => boolean): number {
  let [inside, outside] = [from, to];
  if (holds(outside)) return outside;
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
