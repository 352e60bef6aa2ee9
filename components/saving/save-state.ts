/** @typeParam K what of mine was not sent */
export type SaveState<K = never> =
  | { kind: "connecting" }
  /** Everything of mine is durable; `at` is when the last was, null before the first. */
  | { kind: "saved"; at: Date | null }
  | { kind: "saving"; count: number }
  /** Kept in this browser, and sent when the connection is back. */
  | { kind: "offline"; count: number }
  /** The server let me in no further; what was not sent can be copied from `kept`. */
  | { kind: "refused"; reason: "closed" | "forbidden" | "signed-out" | "gone"; kept: K[] };

type Facts<K> = {
  refused: Extract<SaveState<K>, { kind: "refused" }> | null;
  /** Own decisions that are not durable yet. */
  pending: number;
  online: boolean;
  /** Whether every open room has its document. */
  synced: boolean;
  savedAt: Date | null;
};

/** The one honest line about a person's decisions. */
export function saveStateOf<K = never>(facts: Facts<K>): SaveState<K> {
  const { refused, pending, online, synced, savedAt } = facts;
  if (refused) return refused;
  if (!online) return { kind: "offline", count: pending };
  if (!synced && savedAt === null && pending === 0) return { kind: "connecting" };
  return pending > 0 ? { kind: "saving", count: pending } : { kind: "saved", at: savedAt };
}
