/** How a batch and its requests are named at the provider: letters and digits, 64 at most. */
export const batchKey = (batchId: string): string => batchId.replaceAll("-", "");

/** Begins with the batch's key, so that a batch can be told by any of its requests. */
export const requestId = (batchId: string, attemptId: string): string =>
  batchKey(batchId) + batchKey(attemptId);

/** The attempt that a request of the batch was made for; null: it is none of its requests. */
export function attemptOf(batchId: string, id: string): string | null {
  const parts = /^([0-9a-f]{32})([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(id);
  if (!parts || parts[1] !== batchKey(batchId)) return null;
  return parts.slice(2).join("-");
}
