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
  return n === 0 ? null : scoreInterval(successes, n);
}

/** Wilson's formula for n > 0 trials; also for weighted ones, of which n is the effective number and no whole number. */
export function scoreInterval(successes: number, n: number): Interval {
  const z2 = Z_95 ** 2;
  const failures = n - successes;
  const centre = successes + z2 / 2;
  const spread = Z_95 * Math.sqrt((successes * failures) / n + z2 / 4);
  // At 0 and n successes one limit is exactly 0 or 1; the formula misses it by a rounding error.
  return [
    successes === 0 ? 0 : (centre - spread) / (n + z2),
    failures === 0 ? 1 : (centre + spread) / (n + z2),
  ];
}
