import type { Pattern } from "./patterns";

/** The patterns of one length: their places, ascending, and how many records have them. */
type Length = { places: number[]; count: number };
type Bucket = { first: number; given: number; total: number; count: number };

/**
 * For each option the patterns with 1 for values that hold it and 0 for others, equal ones together, in the order in which
 * they come up. A pattern is gone through once, not once for each option.
 * @param categories the options that each number of the patterns stands for
 * @returns in the order of the options
 */
export function optionPatterns(
  patterns: readonly Pattern[],
  categories: readonly (readonly string[])[],
  options: readonly string[],
): Pattern[][] {
  const lengths = lengthsOf(patterns);
  const held = new Map(options.map((option) => [option, new Map<number, number>()]));
  for (const [place, { values }] of patterns.entries())
    for (const value of values)
      for (const option of categories[value] ?? []) {
        const given = held.get(option);
        given?.set(place, (given.get(place) ?? 0) + 1);
      }
  return options.map((option) => bucketsOf(patterns, lengths, held.get(option) ?? new Map()).map(toPattern));
}

function lengthsOf(patterns: readonly Pattern[]): Map<number, Length> {
  const lengths = new Map<number, Length>();
  for (const [place, { values, count }] of patterns.entries()) {
    const known = lengths.get(values.length) ?? { places: [], count: 0 };
    known.places.push(place);
    known.count += count;
    lengths.set(values.length, known);
  }
  return lengths;
}

/** @param held how often an option stands in the patterns at these places, ascending */
function bucketsOf(
  patterns: readonly Pattern[],
  lengths: ReadonlyMap<number, Length>,
  held: ReadonlyMap<number, number>,
): Bucket[] {
  const buckets = new Map<string, Bucket>();
  /** Of the patterns of each length: how many of the first have the option, and how many records all that have it. */
  const having = new Map([...lengths.keys()].map((length) => [length, { leading: 0, count: 0 }]));
  for (const [place, given] of held) {
    const { values, count } = patterns[place] ?? { values: [], count: 0 };
    const total = values.length;
    const bucket = buckets.get(`${given} ${total}`) ?? { first: place, given, total, count: 0 };
    bucket.count += count;
    buckets.set(`${given} ${total}`, bucket);
    const known = having.get(total);
    if (!known) continue;
    known.count += count;
    if (lengths.get(total)?.places[known.leading] === place) known.leading++;
  }
  const without = [...lengths].flatMap(([total, { places, count }]) => {
    const known = having.get(total) ?? { leading: 0, count: 0 };
    const first = places[known.leading];
    return first === undefined ? [] : [{ first, given: 0, total, count: count - known.count }];
  });
  return [...buckets.values(), ...without].sort((one, other) => one.first - other.first);
}

const toPattern = ({ given, total, count }: Bucket): Pattern => ({
  values: Array.from({ length: total }, (_, at) => (at < given ? 1 : 0)),
  count,
});
