import { type Interval, scoreInterval } from "./wilson";

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
