import type { ProjectActor } from "@/server/modules/access";
import { loadSight, wordsInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** In which session one looks, if in one: there an administrator decides as any other does. */
export type Place = { sessionId?: string | undefined };

/**
 * The condition on comments `c` or flags `f` that the actor may read them now. Where people judge a record apart from
 * each other, what others say about it is shown to each after their own verdict, or when the session has closed.
 */
export async function shownTo(
  db: Db,
  actor: ProjectActor,
  alias: "c" | "f",
  { sessionId }: Place = {},
): Promise<Sql> {
  const sight = await loadSight(db, actor, { asReviewer: sessionId !== undefined });
  const words = wordsInSight(sight, rawSql(`${alias}."recordId"`));
  return sql`(${rawSql(alias)}."authorId" = ${actor.userId}::uuid or ${words})`;
}

/** What was said when the flag `f` was settled: the words of who settled it, also where the flag is the actor's own. */
export async function shownResolution(db: Db, actor: ProjectActor): Promise<Sql> {
  const words = wordsInSight(await loadSight(db, actor), rawSql(`f."recordId"`));
  return sql`case when f."settledById" = ${actor.userId}::uuid or ${words} then f."resolution" end`;
}
