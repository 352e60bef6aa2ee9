import type { PatternStatistic } from "../bootstrap";
import { type Pattern, type Tally, tally } from "./patterns";

/** How far two values differ: not at all or fully, by the order of what occurs, by their difference, by its share. */
export type Metric = "nominal" | "ordinal" | "interval" | "ratio";

/**
 * Krippendorff's α of any number of annotators, 1 − Dₒ / Dₑ over the pairs of values within records. A record with m
 * values has weight m: missing values are simply not there, and one with a single value says nothing.
 *
 * Source: K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; (2019), "Content Analysis", 4th ed.,
 * chapter 12.
 *
 * @param metric for `ordinal` the values are ranks; for `interval` and `ratio` measurements, of `ratio` not negative
 * @returns α from how many records show each pattern, at most 1; null where no two values differ, or none can be paired
 */
export function krippendorffAlpha(patterns: readonly Pattern[], metric: Metric): PatternStatistic {
  const { values, tallies } = tally(patterns);
  return metric === "nominal" ? nominal(tallies, values.length) : weighted(tallies, values, metric);
}

/** Dₒ and Dₑ by what is equal rather than by what differs, so that many categories take no longer. */
function nominal(tallies: readonly Tally[], size: number): PatternStatistic {
  const units = tallies.map(({ total, times }) => ({
    total,
    times,
    differing: total < 2 ? 0 : (total ** 2 - sum(times, ([, count]) => count ** 2)) / (total - 1),
  }));
  return (counts) => {
    const marginals = new Array<number>(size).fill(0);
    let observed = 0;
    units.forEach(({ total, times, differing }, at) => {
      const count = counts[at] ?? 0;
      if (total < 2 || count === 0) return;
      observed += count * differing;
      for (const [place, often] of times) marginals[place] = (marginals[place] ?? 0) + count * often;
    });
    const n = sum(marginals, (often) => often);
    return alphaOf(n, observed, n ** 2 - sum(marginals, (often) => often ** 2));
  };
}

function weighted(
  tallies: readonly Tally[],
  values: readonly number[],
  metric: Exclude<Metric, "nominal">,
): PatternStatistic {
  const units = tallies.map(({ total, times }) => ({ total, times, pairs: pairsWithin(times, total) }));
  return (counts) => {
    const marginals = new Array<number>(values.length).fill(0);
    units.forEach(({ total, times }, at) => {
      if (total < 2) return;
      for (const [place, often] of times)
        marginals[place] = (marginals[place] ?? 0) + (counts[at] ?? 0) * often;
    });
    const distance = distances(values, marginals, metric);
    let observed = 0;
    units.forEach(({ pairs }, at) => {
      for (const [a, b, weight] of pairs) observed += (counts[at] ?? 0) * weight * distance(a, b);
    });
    let expected = 0;
    marginals.forEach((often, a) => {
      if (often === 0) return;
      for (let b = 0; b < a; b++) expected += 2 * often * (marginals[b] ?? 0) * distance(a, b);
    });
    return alphaOf(
      sum(marginals, (often) => often),
      observed,
      expected,
    );
  };
}

/** The pairs of unequal values within a record, both ways round, as coincidences: each counts 1 / (m − 1). */
function pairsWithin(
  times: Tally["times"],
  total: number,
): (readonly [a: number, b: number, weight: number])[] {
  if (total < 2) return [];
  return times.flatMap(([a, oftenA], at) =>
    times.slice(0, at).map(([b, oftenB]) => [a, b, (2 * oftenA * oftenB) / (total - 1)] as const),
  );
}

/** δ² between two of the values, by their places; of ordinal ones by how often what lies between them occurs. */
function distances(
  values: readonly number[],
  marginals: readonly number[],
  metric: Exclude<Metric, "nominal">,
): (a: number, b: number) => number {
  if (metric === "ordinal") {
    let below = 0;
    const middles = marginals.map((often) => {
      below += often;
      return below - often / 2;
    });
    return (a, b) => ((middles[a] ?? 0) - (middles[b] ?? 0)) ** 2;
  }
  return (a, b) => {
    const [x, y] = [values[a] ?? 0, values[b] ?? 0];
    return metric === "interval" ? (x - y) ** 2 : ((x - y) / (x + y)) ** 2;
  };
}

/** @param observed, expected sums of δ² over coincidences, and over all pairs of the n values */
const alphaOf = (n: number, observed: number, expected: number): number | null =>
  n < 2 || expected === 0 ? null : 1 - ((n - 1) * observed) / expected;

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
