import type { z } from "zod";
import type { Comment, createCommentInput } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { announceDiscussion } from "../discussion-topic";
import { requirePace } from "../pace";
import { holdRecord, requireAbout, requireRecord } from "../require-record";
import { checkMentions } from "./check-mentions";
import { readComment } from "./comment-rows";
import { notifyFollowers, notifyMentioned } from "./notify";

type CreateCommentInput = Omit<z.infer<typeof createCommentInput>, "project">;

/**
 * Says something about a record. Whoever it mentions hears of it, and whoever commented there before.
 * @throws AppError `not_found` for the record, `invalid` at `body`, `label` or `sessionId`, `rate_limited`
 */
export async function createComment(
  db: Db,
  actor: ProjectActor,
  input: CreateCommentInput,
): Promise<Comment> {
  const { recordId, body, label, sessionId } = input;
  const { projectId, userId } = actor;
  await requireRecord(db, actor, recordId);
  await requireAbout(db, actor, input);
  const mentions = await checkMentions(db, actor, { recordId, body });
  return inTransaction(db, async (tx) => {
    await holdRecord(tx, projectId, recordId);
    await requirePace(tx, actor, "Comment");
    const id = newId();
    await tx.comment.create({
      data: { id, projectId, recordId, body, mentions, labelName: label, sessionId, authorId: userId },
    });
    const said = { projectId, recordId, commentId: id, byId: userId };
    await notifyMentioned(tx, said, mentions);
    await notifyFollowers(tx, said, mentions);
    await announceDiscussion(tx, projectId);
    return readComment(tx, actor, id);
  });
}
