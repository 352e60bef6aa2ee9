import type { z } from "zod";
import type { Comment, patchCommentInput } from "@/contracts/discussions";
import { can, type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, sql } from "@/server/platform/sql";
import { announceDiscussion } from "../discussion-topic";
import { checkMentions } from "./check-mentions";
import { readComment } from "./comment-rows";
import { lockComment } from "./lock-comment";
import { notifyMentioned } from "./notify";

type PatchCommentInput = Omit<z.infer<typeof patchCommentInput>, "project">;

/**
 * Changes the text of one's own comment, or says that a comment is settled or open again: its author may, and who
 * may settle. The log knows of what was settled by others.
 * @throws AppError `not_found`, `forbidden`, `invalid` at `body`
 */
export async function patchComment(
  db: Db,
  actor: ProjectActor,
  { id, body, resolved }: PatchCommentInput,
): Promise<Comment> {
  const { projectId, userId } = actor;
  return inTransaction(db, async (tx) => {
    const before = await lockComment(tx, actor, id);
    const isOwn = before.authorId === userId;
    if (body !== undefined && !isOwn)
      throw new AppError("forbidden", "Only its author can change the text of a comment.");
    if (resolved !== undefined && !isOwn && !can(actor, "discussions:resolve"))
      throw new AppError("forbidden", "Only its author, reviewers and administrators can resolve a comment.");
    if (body !== undefined && body !== before.body) {
      const { recordId, mentions: known } = before;
      const mentions = await checkMentions(tx, actor, { recordId, body, before: known });
      await execute(
        tx,
        sql`update "Comment" set "body" = ${body}::text, "mentions" = ${mentions}::uuid[], "editedAt" = now(),
            "changedAt" = now() where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid`,
      );
      const said = { projectId, recordId, commentId: id, byId: userId };
      await notifyMentioned(
        tx,
        said,
        mentions.filter((mentioned) => !known.includes(mentioned)),
      );
    }
    if (resolved !== undefined && resolved !== before.resolved)
      await resolveComment(tx, actor, { id, resolved, byOther: !isOwn });
    await announceDiscussion(tx, projectId);
    return readComment(tx, actor, id);
  });
}

type Resolution = { id: string; resolved: boolean; byOther: boolean };

async function resolveComment(
  tx: Db,
  { projectId, userId, address }: ProjectActor,
  { id, resolved, byOther }: Resolution,
): Promise<void> {
  await execute(
    tx,
    sql`update "Comment" set "resolvedAt" = case when ${resolved}::boolean then now() end,
        "resolvedById" = case when ${resolved}::boolean then ${userId}::uuid end, "changedAt" = now()
      where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid`,
  );
  if (!byOther) return;
  const action = resolved ? "comment.resolved" : "comment.reopened";
  await recordAudit(tx, { projectId, actorId: userId, action, target: id, address });
}
