import { processWide } from "@/server/platform/process-wide";

const queues = () => processWide("signInQueues", () => new Map<string, Promise<unknown>>());

/** Runs `work` after all earlier work of the same key in this process has ended, well or badly. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const waiting = queues();
  const before = waiting.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  waiting.set(key, mine);
  try {
    return await mine;
  } finally {
    if (waiting.get(key) === mine) waiting.delete(key);
  }
}
