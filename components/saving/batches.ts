/** Well under the server's limit for one update. */
const MAX_BATCH_CHARACTERS = 60_000;

/** Splits what shall be sent into parts of which each fits into one message. */
export function inBatches<T>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const length = JSON.stringify(entry).length;
    if (size + length > MAX_BATCH_CHARACTERS) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(entry);
    size += length;
  }
  return batches;
}
