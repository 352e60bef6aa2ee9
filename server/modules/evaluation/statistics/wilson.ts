/** Lower and upper limit of a 95 % interval. */
export type Interval = [lower: number, upper: number];

/** The 97.5 % point of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval (95 %) for a proportion, without continuity correction.
 *
 * Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22:209–212;
 * method 3 in R. G. Newcombe (1998), Statistics in Medicine 17:857–872.
 *
 * @param successes number of successes, 0 … n
 * @param n number of trials
 * @returns limits within [0, 1], or null when n is 0: nothing was observed
 * @throws RangeError when the counts are not whole numbers with 0 ≤ successes ≤ n
 */
export function wilsonInterval(successes: number, n: number): Interval | null {
  if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(n) || successes < 0 || successes > n) {
    throw new RangeError(`not a proportion: ${successes} of ${n}`);
  }
  return n === 0 ? null : scoreInterval(successes / n, n);
}

/**
 * Wilson's score interval (95 %) for a share that is as exact as one of `size` independent trials. The size need not be
 * a whole number: it is what is left of a sample after its design is reckoned with. An infinite one gives the share.
 *
 * Source: E. B. Wilson (1927), JASA 22:209–212; with an effective size N. Dean and M. Pagano (2015), "Evaluating
 * confidence interval methods for binomial proportions in clustered surveys", J. Surv. Stat. Methodol. 3:484–503.
 *
 * @param share 0 … 1
 * @param size above 0
 */
export function scoreInterval(share: number, size: number): Interval {
  if (!(share >= 0 && share <= 1 && size > 0)) throw new RangeError(`not a share: ${share} of ${size}`);
  const z2 = Z_95 ** 2 / size;
  const centre = share + z2 / 2;
  const spread = Math.sqrt(z2 * (share * (1 - share) + z2 / 4));
  return [share === 0 ? 0 : (centre - spread) / (1 + z2), share === 1 ? 1 : (centre + spread) / (1 + z2)];
}
