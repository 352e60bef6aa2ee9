/**
 * Remainder of Stirling's formula, ln x! − ((x + ½) ln x − x + ½ ln 2π), for a whole number x ≥ 1.
 * Below 16 the factorial is an exact double; from there four terms of the series are within 2e-14.
 *
 * Source: NIST Digital Library of Mathematical Functions, 5.11.1.
 */
export function stirlingRemainder(x: number): number {
  if (x < 16) {
    let factorial = 1;
    for (let i = 2; i <= x; i++) factorial *= i;
    return Math.log(factorial) - ((x + 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI));
  }
  const x2 = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / x2) / x2) / x2) / x;
}

/**
 * Probability of exactly k heads in n throws of a fair coin: C(n, k) / 2ⁿ, for whole numbers 0 ≤ k ≤ n.
 *
 * The leading terms of the three log-gammas are cancelled on paper, as subtracting them as numbers would cost
 * about one digit for each tenfold n. The relative error stays under 1e-11 for n up to a million.
 *
 * Source: C. Loader (2000), "Fast and accurate computation of binomial probabilities".
 */
export function fairBinomialProbability(k: number, n: number): number {
  const rest = n - k;
  if (k === 0 || rest === 0) return 2 ** -n;
  const imbalance = (rest - k) / n;
  const deviance = k * Math.log1p(-imbalance) + rest * Math.log1p(imbalance);
  const remainder = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(rest);
  return Math.exp(remainder - deviance) * Math.sqrt(n / (2 * Math.PI * k * rest));
}
