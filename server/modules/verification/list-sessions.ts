import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { listSessionsInput, Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { joinSql, queryRows, type Sql, sql } from "@/server/platform/sql";
import { sessionsOpenTo } from "./session-reach";
import { readSessions } from "./session-repository";

type Input = Omit<z.infer<typeof listSessionsInput>, "project">;

/** The sessions that the actor may see, newest first. */
export async function listSessions(
  db: Db,
  actor: ProjectActor,
  { state, jobId, limit, cursor }: Input,
): Promise<ListOf<Session>> {
  const wanted = [
    ...(state ? [sql`s."state" = ${state}::"SessionState"`] : []),
    ...(jobId ? [sql`${jobId}::uuid = any(s."jobIds")`] : []),
  ];
  const reading = (conditions: Sql[], count: number) =>
    readSessions(db, actor, { condition: joinSql(conditions, " and ", "true"), limit: count });
  return pageById({
    limit,
    cursor,
    read: (before, count) =>
      reading(before === null ? wanted : [...wanted, sql`s."id" < ${before}::uuid`], count),
    count: () => countSessions(db, actor, joinSql(wanted, " and ", "true")),
  });
}

async function countSessions(db: Db, actor: ProjectActor, condition: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "VerificationSession" s
      where s."projectId" = ${actor.projectId}::uuid and ${sessionsOpenTo(actor)} and ${condition}`,
  );
  return row?.count ?? 0;
}
