/**
 * The values that one record got, from whomever, in any order, and how many records got just these. A value is a number
 * of any kind: of a category, a rank, a measurement.
 */
export type Pattern = { values: readonly number[]; count: number };

/** How often each value stands in a pattern, by the value's place among all. */
export type Tally = { total: number; times: readonly (readonly [place: number, times: number])[] };

/** All values that occur, ascending, and the tally of each pattern. */
export function tally(patterns: readonly Pattern[]): { values: number[]; tallies: Tally[] } {
  const values = [...new Set(patterns.flatMap((pattern) => pattern.values))].sort((a, b) => a - b);
  const places = new Map(values.map((value, place) => [value, place]));
  const tallies = patterns.map((pattern) => {
    const times = new Map<number, number>();
    for (const value of pattern.values) {
      const place = places.get(value) ?? 0;
      times.set(place, (times.get(place) ?? 0) + 1);
    }
    return { total: pattern.values.length, times: [...times] };
  });
  return { values, tallies };
}

/** Records with at least two values: those that tell of agreement. */
export const pairable = (patterns: readonly Pattern[]): number =>
  patterns.reduce((sum, { values, count }) => sum + (values.length > 1 ? count : 0), 0);

/** What a figure adds up for one set of counts: each pattern's different values. */
export const workOf = (patterns: readonly Pattern[]): number =>
  patterns.reduce((sum, { values }) => sum + new Set(values).size, 0);

/** How many of the patterns' records there are, as a figure takes it. */
export const countsOf = (patterns: readonly { count: number }[]): number[] =>
  patterns.map(({ count }) => count);
