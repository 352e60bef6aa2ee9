import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { Comment, listCommentsInput } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { queryRows, sql } from "@/server/platform/sql";
import { requireRecord } from "../require-record";
import { shownTo } from "../shown-to";
import { readComments } from "./comment-rows";

type ListCommentsInput = Omit<z.infer<typeof listCommentsInput>, "project">;

/**
 * What was said about one record, newest first; of what was deleted, that it was there.
 * @throws AppError `not_found` for a record that the actor does not reach, `invalid_cursor`
 */
export async function listComments(
  db: Db,
  actor: ProjectActor,
  { recordId, sessionId, limit, cursor }: ListCommentsInput,
): Promise<ListOf<Comment>> {
  await requireRecord(db, actor, recordId);
  const ofRecord = sql`c."recordId" = ${recordId}::uuid`;
  return pageById({
    limit,
    cursor,
    read: (before, count) =>
      readComments(db, actor, {
        condition: sql`${ofRecord} and (${before}::uuid is null or c."id" < ${before}::uuid)`,
        limit: count,
        sessionId,
      }),
    count: async () => {
      const [row] = await queryRows<{ count: number }>(
        db,
        sql`select count(*)::int as "count" from "Comment" c where c."projectId" = ${actor.projectId}::uuid
          and ${ofRecord} and ${await shownTo(db, actor, "c", { sessionId })}`,
      );
      return row?.count ?? 0;
    },
  });
}
