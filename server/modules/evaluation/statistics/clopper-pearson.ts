import { binomialLowerTail } from "./binomial-tail";

const HALVINGS = 52;

/**
 * One-sided upper bound of Clopper and Pearson at 1 − α for a proportion: the p at which so few successes or fewer come up
 * with probability α, the (1 − α) quantile of Beta(successes + 1, n − successes). It covers the truth in at least 1 − α of
 * all samples, whatever the truth is; also of a draw without replacement, whose lower tail is below the binomial one
 * wherever that is small (W. Uhlmann 1966, Metrika 10:145–158).
 *
 * Source: C. J. Clopper and E. S. Pearson (1934), Biometrika 26:404–413. Found by halving, where the source reads tables.
 *
 * @param successes 0 … n
 * @param alpha between 0 and 1
 * @returns 0 … 1; 1 without trials, of which nothing is known
 * @throws RangeError when the counts are not whole numbers with 0 ≤ successes ≤ n, or alpha is no probability
 */
export function clopperPearsonUpper(successes: number, n: number, alpha: number): number {
  refuseUncountable(successes, n, alpha);
  if (successes === n) return 1;
  if (successes === 0) return -Math.expm1(Math.log(alpha) / n);
  let low = successes / n;
  let high = 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (binomialLowerTail(successes, n, middle) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

function refuseUncountable(successes: number, n: number, alpha: number): void {
  if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(n) || successes < 0 || successes > n)
    throw new RangeError(`not a proportion: ${successes} of ${n}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`not a probability: ${alpha}`);
}
