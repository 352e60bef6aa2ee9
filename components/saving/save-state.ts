import type { Kept, SaveState } from "@/components/verification/live/types";

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
export function saveStateOf<K = Kept>(facts: Facts<K>): SaveState<K> {
  const { refused, pending, online, synced, savedAt } = facts;
  if (refused) return refused;
  if (!online) return { kind: "offline", count: pending };
  if (!synced && savedAt === null && pending === 0) return { kind: "connecting" };
  return pending > 0 ? { kind: "saving", count: pending } : { kind: "saved", at: savedAt };
}
