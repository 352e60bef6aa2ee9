import { type Fit, type VoteTable, voteShares } from "./vote-table";

/** The value with the most weight behind it: its share of all weight takes the place of a probability. */
export function weightedMajority(table: VoteTable): Fit {
  return {
    posteriors: voteShares(table),
    logLikelihood: null,
    iterations: null,
    converged: true,
    trust: null,
  };
}
