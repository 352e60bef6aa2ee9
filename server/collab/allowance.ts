/** What one connection may send, with room for a program that writes a thousand decisions one by one. */
const BURST_MESSAGES = 5000;
const MESSAGES_PER_SECOND = 500;
const BURST_BYTES = 16 * 1024 * 1024;
const BYTES_PER_SECOND = 1024 * 1024;

/**
 * Counts what a connection sends against an allowance that fills up again with time.
 * @returns whether a message of so many bytes at this time (milliseconds) is within it; one that makes much work
 * weighs as much as so many others
 */
export function createAllowance(startedAt: number): (bytes: number, now: number, weight?: number) => boolean {
  let messages = BURST_MESSAGES;
  let volume = BURST_BYTES;
  let last = startedAt;
  return (bytes, now, weight = 1) => {
    const seconds = Math.max(0, now - last) / 1000;
    last = now;
    messages = Math.min(BURST_MESSAGES, messages + seconds * MESSAGES_PER_SECOND) - weight;
    volume = Math.min(BURST_BYTES, volume + seconds * BYTES_PER_SECOND) - bytes;
    return messages >= 0 && volume >= 0;
  };
}
