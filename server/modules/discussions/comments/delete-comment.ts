import { can, type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, sql } from "@/server/platform/sql";
import { announceDiscussion } from "../discussion-topic";
import { lockComment } from "./lock-comment";

/**
 * Takes the words of a comment away for good, also from inboxes; that there was one stays. Its author may, and
 * administrators, of whose deletions the log knows.
 * @throws AppError `not_found`, `forbidden`
 */
export async function deleteComment(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<void> {
  const { projectId, userId, address } = actor;
  await inTransaction(db, async (tx) => {
    const { authorId } = await lockComment(tx, actor, id);
    const isOwn = authorId === userId;
    if (!isOwn && !can(actor, "project:manage"))
      throw new AppError("forbidden", "Only its author and administrators can delete a comment.");
    await execute(
      tx,
      sql`update "Comment" set "body" = '', "mentions" = '{}', "deletedAt" = now(), "deletedById" = ${userId}::uuid,
          "changedAt" = now() where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid`,
    );
    await tx.inboxEntry.deleteMany({ where: { projectId, commentId: id } });
    // The answer that is kept for a day, should the same request come again.
    await execute(tx, sql`delete from "IdempotencyKey" where "body" ->> 'id' = ${id}::text`);
    if (!isOwn)
      await recordAudit(tx, { projectId, actorId: userId, action: "comment.deleted", target: id, address });
    await announceDiscussion(tx, projectId);
  });
}
