import { drawBinomial } from "./draw-binomial";
import { seededGenerator } from "./seeded-generator";
import type { Interval } from "./wilson";

/** A figure from how often each pattern occurs; null where it is undefined. */
export type PatternStatistic = (counts: readonly number[]) => number | null;

/** Why there is no interval. */
type NoInterval =
  /** Fewer than {@link FEWEST_ITEMS} items: resampling would promise more than it keeps. */
  | "too_few_records"
  /** Every resample gives the same figure, as when nobody ever disagreed: this tells nothing of its uncertainty. */
  | "no_spread"
  /** The figure is undefined in more than one in twenty resamples. */
  | "often_undefined"
  /** More different patterns than can be resampled in bounded time. */
  | "too_many_combinations";

export type BootstrapInterval = { interval: Interval } | { interval: null; reason: NoInterval };

const FEWEST_ITEMS = 10;
const RESAMPLES = 1_000;
const FEWEST_RESAMPLES = 200;
/** Numbers drawn and added up in all resamples of a call: some tenths of a second. */
const MOST_WORK = 5_000_000;
const SEED = 20_260_101;

/**
 * How many resamples are made: 1,000, fewer where that would take long, never under 200; 0: too much work for any.
 * @param work how many numbers the figures of one resample add up: at least one for each pattern
 */
export function resamplesFor(work: number): number {
  const affordable = Math.floor(MOST_WORK / Math.max(1, work));
  return affordable < FEWEST_RESAMPLES ? 0 : Math.min(RESAMPLES, affordable);
}

/**
 * Percentile bootstrap intervals (95 %) of figures over items of which only is known how many show each pattern: items
 * are drawn with replacement, which makes the counts multinomial. All figures are computed on the same resamples. The
 * same counts give the same intervals. Of few items they are a little too narrow: 60 hold α in 93 % of all draws.
 *
 * Source: B. Efron and R. J. Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13.
 *
 * @param counts how many items show each pattern
 * @param resamples see {@link resamplesFor}
 * @returns of each figure, in their order
 */
export function bootstrapIntervals(
  counts: readonly number[],
  statistics: readonly PatternStatistic[],
  resamples = resamplesFor(counts.length),
): BootstrapInterval[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n < FEWEST_ITEMS) return statistics.map(() => ({ interval: null, reason: "too_few_records" }));
  if (resamples === 0) return statistics.map(() => ({ interval: null, reason: "too_many_combinations" }));
  const random = seededGenerator(SEED);
  const drawn = statistics.map((): number[] => []);
  for (let round = 0; round < resamples; round++) {
    const resampled = drawCounts(random, counts, n);
    statistics.forEach((statistic, at) => {
      const value = statistic(resampled);
      if (value !== null) drawn[at]?.push(value);
    });
  }
  return drawn.map((values) => percentiles(values, resamples));
}

/** As many items as there are, each with the pattern of one drawn from them. */
function drawCounts(random: () => number, counts: readonly number[], n: number): number[] {
  let items = n;
  let weight = n;
  return counts.map((count) => {
    const drawn = weight === 0 ? 0 : drawBinomial(random, items, count / weight);
    items -= drawn;
    weight -= count;
    return drawn;
  });
}

function percentiles(values: number[], resamples: number): BootstrapInterval {
  if (values.length < 0.95 * resamples) return { interval: null, reason: "often_undefined" };
  values.sort((one, other) => one - other);
  const [low, high] = [quantile(values, 0.025), quantile(values, 0.975)];
  return low === high ? { interval: null, reason: "no_spread" } : { interval: [low, high] };
}

/** Between the two nearest of the sorted values, in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (place - Math.floor(place)) * (above - below);
}
