import type { InboxEntry } from "@/contracts/discussions";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

type NewEntries = {
  projectId: string;
  kind: InboxEntry["kind"];
  recordId: string;
  commentId?: string;
  flagId?: string;
  /** Who did what it tells. */
  byId: string;
  userIds: readonly string[];
};

/** An entry in the inbox of each person. */
export async function addToInbox(tx: Db, { userIds, ...entry }: NewEntries): Promise<void> {
  if (userIds.length === 0) return;
  await tx.inboxEntry.createMany({ data: userIds.map((userId) => ({ id: newId(), userId, ...entry })) });
}
