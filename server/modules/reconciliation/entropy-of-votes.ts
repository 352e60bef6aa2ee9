/** Shannon entropy in bits of the shares of the values that were voted for: 0 when all agree, or nobody voted. */
export function entropyOfVotes(votes: readonly { value: readonly string[] }[]): number {
  const counts = new Map<string, number>();
  for (const { value } of votes) {
    const key = JSON.stringify(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let entropy = 0;
  for (const count of counts.values()) entropy += (count / votes.length) * Math.log2(votes.length / count);
  return entropy;
}
