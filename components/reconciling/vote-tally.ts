import type { Disagreement, Vote } from "@/contracts/reconciliations";

/** A place in a record on which annotators differ, as one text. */
export const placeKey = ({
  recordId,
  start,
  end,
}: Pick<Disagreement, "recordId" | "start" | "end">): string =>
  start === undefined ? recordId : `${recordId}:${start}:${end ?? start}`;

/** How many voted for one value, people and others apart. */
export type ValueVotes = { value: string[]; total: number; people: number; others: number };

/** The values that were voted for, those with most votes first, then in the order in which they were first given. */
export function tallyVotes(votes: readonly Vote[]): ValueVotes[] {
  const tally = new Map<string, ValueVotes>();
  for (const { value, annotator } of votes) {
    const key = JSON.stringify(value);
    const row = tally.get(key) ?? { value, total: 0, people: 0, others: 0 };
    row.total += 1;
    if (annotator.kind === "user") row.people += 1;
    else row.others += 1;
    tally.set(key, row);
  }
  return [...tally.values()].sort((one, other) => other.total - one.total);
}

/** The value with the most votes, with its share of them; null on a tie, or where nobody voted. */
export function majorityOf(votes: readonly Vote[]): { value: string[]; share: number } | null {
  const [first, second] = tallyVotes(votes);
  if (!first || first.total === second?.total) return null;
  return { value: first.value, share: first.total / votes.length };
}
