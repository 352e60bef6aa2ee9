/** One annotator's label of the record in hand; "can't tell" is no vote and must be left out. */
export type Vote = {
  annotatorId: string;
  /** One string per set of chosen options: equal keys, equal values. */
  value: string;
};

/** Shannon entropy in bits of the shares of the values: 0 when all are equal, 1 for an even split in two. Null without values. */
export function entropyOf(values: readonly string[]): number | null {
  if (values.length === 0) return null;
  let entropy = 0;
  for (const count of countValues(values).values()) {
    const share = count / values.length;
    entropy += share * Math.log2(1 / share);
  }
  return entropy;
}

/** How often each value occurs. */
export function countValues(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
