import type { VoteTable } from "./vote-table";

/** Likelihoods of a vote under a value that a preview works out in all, in some seconds of a request. */
const PREVIEW_WORK = 400_000_000;
/** Steps after which a preview tells something. */
const FEWEST_STEPS = 5;

/** How many steps of a fit to a table a preview can afford, each of which weighs every vote under every value. */
export function affordableSteps({ patterns, values }: Pick<VoteTable, "patterns" | "values">): number {
  const votes = patterns.reduce((sum, { raters }) => sum + raters.length, 0);
  return Math.max(FEWEST_STEPS, Math.floor(PREVIEW_WORK / Math.max(1, votes * values.length)));
}
