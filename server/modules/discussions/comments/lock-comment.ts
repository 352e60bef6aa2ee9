import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { requireRecord } from "../require-record";
import { shownTo } from "../shown-to";
import { noSuchComment } from "./comment-rows";

type Locked = {
  recordId: string;
  authorId: string;
  body: string;
  mentions: string[];
  resolved: boolean;
};

/**
 * Locks a comment that the actor may read and that is not deleted, until the transaction ends.
 * @throws AppError `not_found`
 */
export async function lockComment(tx: Db, actor: ProjectActor, id: string): Promise<Locked> {
  const [comment] = await queryRows<Locked>(
    tx,
    sql`select c."recordId", c."authorId", c."body", c."mentions", c."resolvedAt" is not null as "resolved"
      from "Comment" c where c."projectId" = ${actor.projectId}::uuid and c."id" = ${id}::uuid
        and c."deletedAt" is null and ${await shownTo(tx, actor, "c")} for update of c`,
  );
  if (!comment) throw noSuchComment();
  await requireRecord(tx, actor, comment.recordId);
  return comment;
}
