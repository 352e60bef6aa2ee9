import { sampleInterval } from "./sample-interval";
import type { Interval } from "./wilson";

/** A part of the population and what was found in it. */
type Stratum = { population: number; checked: number; successes: number };

type StratifiedShare = {
  /** Of the strata in which something was checked, weighted by their size; null when nothing was. */
  share: number | null;
  /** 95 % interval for the whole population; null when nothing was checked. */
  interval: Interval | null;
  /** The part of the population, 0 … 1, in strata in which nothing was checked. */
  unchecked: number;
};

/**
 * The share of a population from shares found in its strata, each weighted by the stratum's size. In each stratum stands
 * Wilson's interval with finite-population correction; their distances from the estimates are joined by squaring and
 * adding. What lies in strata in which nothing was checked may be all of one kind or all of the other: the interval
 * reaches from one to the other.
 *
 * Sources: W. G. Cochran (1977), "Sampling Techniques", chapter 5; G. Y. Zou, W. Huang and X. Zhang (2009), "A note on
 * confidence interval estimation for a linear function of binomial proportions", Comput. Stat. Data Anal.
 * 53:1080–1085; C. F. Manski (2003), "Partial Identification of Probability Distributions", for what is unchecked.
 *
 * @throws RangeError when a stratum's counts are no sample of it
 */
export function stratifiedShare(strata: readonly Stratum[]): StratifiedShare {
  const population = strata.reduce((sum, stratum) => sum + stratum.population, 0);
  const looked = strata.filter(({ checked }) => checked > 0);
  const covered = looked.reduce((sum, stratum) => sum + stratum.population, 0);
  if (covered === 0) return { share: null, interval: null, unchecked: 1 };
  let [share, below, above] = [0, 0, 0];
  for (const { population: size, checked, successes } of looked) {
    const weight = size / covered;
    const found = successes / checked;
    const [low, high] = sampleInterval(successes, checked, size) ?? [0, 1];
    share += weight * found;
    below += (weight * (found - low)) ** 2;
    above += (weight * (high - found)) ** 2;
  }
  // A sum of rounded weights may pass 1.
  share = Math.min(1, share);
  const known = covered / population;
  return {
    share,
    interval: [
      known * Math.max(0, share - Math.sqrt(below)),
      known * Math.min(1, share + Math.sqrt(above)) + (1 - known),
    ],
    unchecked: 1 - known,
  };
}
