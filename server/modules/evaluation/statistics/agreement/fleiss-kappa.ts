import type { PatternStatistic } from "../bootstrap";
import { type Pattern, tally } from "./patterns";

/**
 * Fleiss' κ, (P̄ − P̄ₑ) / (1 − P̄ₑ), over the records with at least two values. It is defined only where all of these have
 * the same number of values.
 *
 * Source: J. L. Fleiss (1971), "Measuring nominal scale agreement among many raters", Psychological Bulletin 76:378–382.
 *
 * @returns κ from how many records show each pattern, −1 … 1; null where there is none, their numbers of values differ,
 * or one category alone occurs
 */
export function fleissKappa(patterns: readonly Pattern[]): PatternStatistic {
  const { values, tallies } = tally(patterns);
  const raters = ratersOf(patterns);
  return (counts) => {
    if (raters === null) return null;
    const given = new Array<number>(values.length).fill(0);
    let records = 0;
    let agreeing = 0;
    tallies.forEach(({ total, times }, at) => {
      const count = counts[at] ?? 0;
      if (total < 2 || count === 0) return;
      records += count;
      for (const [place, often] of times) {
        given[place] = (given[place] ?? 0) + count * often;
        agreeing += count * often * (often - 1);
      }
    });
    // Kept as whole numbers, so that P̄ₑ = 1 is recognised without a tolerance.
    const labels = records * raters;
    const chance = given.reduce((total, often) => total + often ** 2, 0);
    if (records === 0 || chance === labels ** 2) return null;
    const expected = chance / labels ** 2;
    return (agreeing / (labels * (raters - 1)) - expected) / (1 - expected);
  };
}

/** How many values each record with at least two has; null when there is no such record, or they differ. */
export function ratersOf(patterns: readonly Pattern[]): number | null {
  const [first, ...others] = new Set(
    patterns.flatMap(({ values, count }) => (values.length > 1 && count > 0 ? [values.length] : [])),
  );
  return first === undefined || others.length > 0 ? null : first;
}
