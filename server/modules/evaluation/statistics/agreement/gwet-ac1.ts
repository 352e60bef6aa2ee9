import type { PatternStatistic } from "../bootstrap";
import { type Pattern, tally } from "./patterns";

/**
 * Gwet's AC1, (pₐ − pₑ) / (1 − pₑ): agreement that is not pulled down where one category prevails. pₐ is over the records
 * with at least two values, pₑ = Σ πₖ(1 − πₖ) / (q − 1) over all with any.
 *
 * Source: K. L. Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high agreement",
 * British Journal of Mathematical and Statistical Psychology 61:29–48; with missing values K. L. Gwet (2014), "Handbook
 * of Inter-Rater Reliability", 4th ed., chapter 2.
 *
 * @param categories q: how many there are to choose from, also those that nobody chose
 * @returns AC1 from how many records show each pattern, at most 1; null where there is one category only, or no record
 * has two values
 */
export function gwetAc1(patterns: readonly Pattern[], categories: number): PatternStatistic {
  const { values, tallies } = tally(patterns);
  const q = Math.max(categories, values.length);
  return (counts) => {
    const shares = new Array<number>(values.length).fill(0);
    let records = 0;
    let paired = 0;
    let agreeing = 0;
    tallies.forEach(({ total, times }, at) => {
      const count = counts[at] ?? 0;
      if (total === 0 || count === 0) return;
      records += count;
      if (total > 1) paired += count;
      for (const [place, often] of times) {
        shares[place] = (shares[place] ?? 0) + (count * often) / total;
        if (total > 1) agreeing += (count * often * (often - 1)) / (total * (total - 1));
      }
    });
    if (paired === 0 || q < 2) return null;
    const expected =
      shares.reduce((total, share) => total + (share / records) * (1 - share / records), 0) / (q - 1);
    return (agreeing / paired - expected) / (1 - expected);
  };
}
