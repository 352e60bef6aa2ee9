import type { Comment } from "@/contracts/discussions";
import { namesOf, type ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { type Place, shownTo } from "../shown-to";

export const noSuchComment = () =>
  new AppError("not_found", "There is no such comment, or you have no access to its record.");

type Row = {
  id: string;
  recordId: string;
  sessionId: string | null;
  label: string | null;
  authorId: string;
  body: string;
  mentions: string[];
  createdAt: Date;
  editedAt: Date | null;
  deleted: boolean;
  resolvedAt: Date | null;
  resolvedById: string | null;
};

/** Comments `c` that meet a condition and that the actor may read, newest first. */
export async function readComments(
  db: Db,
  actor: ProjectActor,
  { condition, limit, ...place }: Place & { condition: Sql; limit: number },
): Promise<Comment[]> {
  const rows = await queryRows<Row>(
    db,
    sql`select c."id", c."recordId", c."sessionId", c."labelName" as "label", c."authorId", c."body", c."mentions",
        c."createdAt", c."editedAt", c."deletedAt" is not null as "deleted", c."resolvedAt", c."resolvedById"
      from "Comment" c where c."projectId" = ${actor.projectId}::uuid and ${condition} and ${await shownTo(db, actor, "c", place)}
      order by c."id" desc limit ${limit}::bigint`,
  );
  return presentComments(db, rows);
}

async function presentComments(db: Db, rows: readonly Row[]): Promise<Comment[]> {
  if (rows.length === 0) return [];
  const ids = rows.flatMap(({ authorId, mentions, resolvedById }) => [
    authorId,
    ...mentions,
    ...(resolvedById === null ? [] : [resolvedById]),
  ]);
  const names = await namesOf(db, ids);
  const personOf = (id: string) => ({ id, name: names.get(id) ?? "Somebody" });
  return rows.map(({ authorId, mentions, resolvedAt, resolvedById, ...row }) => ({
    ...row,
    author: personOf(authorId),
    mentions: mentions.map(personOf),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    resolved:
      resolvedAt && resolvedById ? { by: personOf(resolvedById), at: resolvedAt.toISOString() } : null,
  }));
}

/** @throws AppError `not_found` */
export async function readComment(db: Db, actor: ProjectActor, id: string): Promise<Comment> {
  const [comment] = await readComments(db, actor, { condition: sql`c."id" = ${id}::uuid`, limit: 1 });
  if (!comment) throw noSuchComment();
  return comment;
}
