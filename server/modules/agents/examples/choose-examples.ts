/** One that may be chosen, by how near it is to the record. */
export type Candidate = {
  recordId: string;
  /** Higher is nearer. */
  similarity: number;
  /** What is balanced: the value of the label. */
  group: string;
};

/**
 * Chooses up to `k` of the candidates: the nearest or, balanced, the nearest of each group in turn, so that the
 * groups' numbers differ by one at most unless a group has no more. Equally near ones go by id: the same
 * candidates in any order give the same choice.
 * @returns the nearest last, next to the record that it is shown for
 */
export function chooseExamples<T extends Candidate>(
  candidates: readonly T[],
  { k, balanced }: { k: number; balanced: boolean },
): T[] {
  const ranked = candidates.toSorted(byNearness);
  return (balanced ? inTurn(ranked, k) : ranked.slice(0, k)).toSorted(byNearness).reverse();
}

const byNearness = (a: Candidate, b: Candidate): number =>
  b.similarity - a.similarity || (a.recordId < b.recordId ? -1 : 1);

/** @param ranked nearest first, so that the group of the nearest one comes first */
function inTurn<T extends Candidate>(ranked: readonly T[], k: number): T[] {
  const names = [...new Set(ranked.map(({ group }) => group))];
  const groups = names.map((name) => ranked.filter(({ group }) => group === name));
  const chosen: T[] = [];
  for (let round = 0; chosen.length < Math.min(k, ranked.length); round++)
    for (const group of groups) {
      const next = group[round];
      if (next && chosen.length < k) chosen.push(next);
    }
  return chosen;
}
