import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { addToInbox } from "../inbox/add-to-inbox";

/** People who hear of a comment because they commented on its record before. */
const MAX_FOLLOWERS = 200;

type Said = { projectId: string; recordId: string; commentId: string; byId: string };

/**
 * Tells the people whom a comment mentions, each once however often it is changed; its author doesn't hear of their
 * own.
 */
export async function notifyMentioned(tx: Db, said: Said, userIds: readonly string[]): Promise<void> {
  const told = await tx.inboxEntry.findMany({
    where: { projectId: said.projectId, commentId: said.commentId, kind: "mention" },
    select: { userId: true },
  });
  const known = new Set([said.byId, ...told.map(({ userId }) => userId)]);
  await addToInbox(tx, { ...said, kind: "mention", userIds: userIds.filter((id) => !known.has(id)) });
}

/**
 * Tells those who commented on the record before. Whether each may read the comment is asked when they look: that
 * changes with assignments, and with their own verdicts.
 */
export async function notifyFollowers(tx: Db, said: Said, besides: readonly string[]): Promise<void> {
  const { projectId, recordId, byId } = said;
  const followers = await queryRows<{ id: string }>(
    tx,
    sql`select distinct c."authorId" as "id" from "Comment" c
      join "Membership" m on m."projectId" = c."projectId" and m."userId" = c."authorId"
      where c."projectId" = ${projectId}::uuid and c."recordId" = ${recordId}::uuid and c."deletedAt" is null
        and not c."authorId" = any(${[byId, ...besides]}::uuid[])
        and m."disabledAt" is null and m."removedAt" is null
      limit ${MAX_FOLLOWERS}::bigint`,
  );
  await addToInbox(tx, { ...said, kind: "reply", userIds: followers.map(({ id }) => id) });
}
