import { type Interval, Z_95 } from "./wilson";

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

/**
 * Wilson's interval for a simple random sample, drawn without replacement, of a population that is itself finite: the
 * variance p(1 − p)/n is multiplied by (N − n)/(N − 1), so that nothing is uncertain once everything was looked at. As
 * Wilson's it covers 95 % on average over the shares, and down to 88 % at single ones (83 % with all but 3 % looked at).
 *
 * Source: W. G. Cochran (1977), "Sampling Techniques", 3rd ed., equation 3.8.
 *
 * @returns limits within [0, 1], or null when n is 0
 * @throws RangeError unless the counts are whole with 0 ≤ successes ≤ n ≤ population
 */
export function sampleInterval(successes: number, n: number, population: number): Interval | null {
  const counts = [successes, n, population];
  if (!counts.every(Number.isSafeInteger) || successes < 0 || successes > n || n > population)
    throw new RangeError(`not a sample: ${successes} of ${n} of ${population}`);
  if (n === 0) return null;
  return scoreInterval(
    successes / n,
    n === population ? Infinity : (n * (population - 1)) / (population - n),
  );
}
