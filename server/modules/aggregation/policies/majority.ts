import { byCodePoint } from "@/server/platform/code-point-order";
import { countValues, entropyOf, type Vote } from "./votes";

export type MajorityOutcome = {
  /** The value key with the most votes; null on a tie or without votes. */
  value: string | null;
  /** The values that share the first place, in code point order; only on a tie. */
  tie?: string[];
  /** Share of the votes that the value got, 0 … 1; null where there is no value. */
  confidence: number | null;
  /** Spread of the votes in bits; null without votes. */
  entropy: number | null;
  /** Why there is no value. */
  reason?: "no_votes" | "tie";
  provenance: {
    source: "majority";
    votes: number;
    /** Who voted for the value, or for one of the tied ones, in code point order. */
    annotatorIds: string[];
  };
};

/**
 * The value that most annotators gave to one record (plurality: half of the votes is not needed). A tie is never broken,
 * neither by chance nor by order: it is shown as a tie. The order of the votes makes no difference.
 *
 * @param votes at most one of each annotator
 */
export function majority(votes: readonly Vote[]): MajorityOutcome {
  const values = votes.map((vote) => vote.value);
  const counts = countValues(values);
  const most = Math.max(0, ...counts.values());
  const winners = [...counts.keys()].filter((value) => counts.get(value) === most).sort(byCodePoint);
  const supporters = votes.filter((vote) => winners.includes(vote.value)).map((vote) => vote.annotatorId);
  const shared = {
    entropy: entropyOf(values),
    provenance: { source: "majority", votes: votes.length, annotatorIds: supporters.sort(byCodePoint) },
  } as const;

  const [winner] = winners;
  if (winner === undefined) return { value: null, confidence: null, reason: "no_votes", ...shared };
  if (winners.length > 1) return { value: null, tie: winners, confidence: null, reason: "tie", ...shared };
  return { value: winner, confidence: most / votes.length, ...shared };
}
