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
  if (metric === "nominal") return nominal(tallies, values.length);
  return metric === "ratio" ? byShare(tallies, values) : byPosition(tallies, values, metric);
}

/** Dₒ and Dₑ by what is equal rather than by what differs, so that many categories take no longer. */
function nominal(tallies: readonly Tally[], size: number): PatternStatistic {
  const units = tallies.map(({ total, times }) =>
    total < 2 ? 0 : (total ** 2 - sum(times, ([, often]) => often ** 2)) / (total - 1),
  );
  return (counts) => {
    const marginals = marginalsOf(tallies, counts, size);
    const n = sum(marginals, (often) => often);
    return alphaOf(
      n,
      units.reduce((total, differing, at) => total + (counts[at] ?? 0) * differing, 0),
      n ** 2 - sum(marginals, (often) => often ** 2),
    );
  };
}

/**
 * δ² is the square of a distance of positions, so that the pairs of m values at x add up to 2 (m Σ x² − (Σ x)²). Of
 * ordinal values a position is how many values stand below, half of the equal ones among them.
 */
function byPosition(
  tallies: readonly Tally[],
  values: readonly number[],
  metric: "ordinal" | "interval",
): PatternStatistic {
  return (counts) => {
    const marginals = marginalsOf(tallies, counts, values.length);
    const positions = metric === "ordinal" ? middlesOf(marginals) : fromFirst(values);
    let observed = 0;
    tallies.forEach(({ total, times }, at) => {
      // Equal values differ by exactly nothing, whatever rounding makes of it.
      if (total < 2 || times.length < 2) return;
      observed += ((counts[at] ?? 0) * pairsApart(times, positions)) / (total - 1);
    });
    const occurring = [...marginals.entries()].filter(([, often]) => often > 0);
    const expected = occurring.length < 2 ? 0 : pairsApart(occurring, positions);
    return alphaOf(
      sum(marginals, (often) => often),
      observed,
      expected,
    );
  };
}

function pairsApart(times: Tally["times"], positions: readonly number[]): number {
  let [total, first, second] = [0, 0, 0];
  for (const [place, often] of times) {
    const position = positions[place] ?? 0;
    total += often;
    first += often * position;
    second += often * position ** 2;
  }
  return 2 * (total * second - first ** 2);
}

/** Near 0, where differences of squares lose least. */
const fromFirst = (values: readonly number[]): number[] => values.map((value) => value - (values[0] ?? 0));

function middlesOf(marginals: readonly number[]): number[] {
  let below = 0;
  return marginals.map((often) => {
    below += often;
    return below - often / 2;
  });
}

function byShare(tallies: readonly Tally[], values: readonly number[]): PatternStatistic {
  const distance = (a: number, b: number) => {
    const [x, y] = [values[a] ?? 0, values[b] ?? 0];
    return ((x - y) / (x + y)) ** 2;
  };
  const within = (times: Tally["times"]) =>
    sum(times, ([a, often]) => sum(times, ([b, oftenB]) => (a === b ? 0 : often * oftenB * distance(a, b))));
  const units = tallies.map(({ total, times }) => (total < 2 ? 0 : within(times) / (total - 1)));
  return (counts) => {
    const marginals = marginalsOf(tallies, counts, values.length);
    return alphaOf(
      sum(marginals, (often) => often),
      units.reduce((total, apart, at) => total + (counts[at] ?? 0) * apart, 0),
      within([...marginals.entries()].filter(([, often]) => often > 0)),
    );
  };
}

/** How often each value occurs where it can be paired. */
function marginalsOf(tallies: readonly Tally[], counts: readonly number[], size: number): number[] {
  const marginals = new Array<number>(size).fill(0);
  tallies.forEach(({ total, times }, at) => {
    const count = counts[at] ?? 0;
    if (total < 2 || count === 0) return;
    for (const [place, often] of times) marginals[place] = (marginals[place] ?? 0) + count * often;
  });
  return marginals;
}

/** @param observed, expected sums of δ² over coincidences, and over all pairs of the n values */
const alphaOf = (n: number, observed: number, expected: number): number | null =>
  n < 2 || expected === 0 ? null : 1 - ((n - 1) * observed) / expected;

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
