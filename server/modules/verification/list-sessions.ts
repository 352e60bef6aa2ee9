import type { z } from "zod";
import { type ListOf, id as uuid } from "@/contracts/common";
import type { listSessionsInput, Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { joinSql, queryRows, type Sql, sql } from "@/server/platform/sql";
import type { IntervalOf } from "./session-figures";
import { sessionsOpenTo } from "./session-reach";
import { readSessions } from "./session-repository";

type Input = Omit<z.infer<typeof listSessionsInput>, "project">;

/** The sessions that the actor may see, newest first; the cursor is the id of the last one given. */
export async function listSessions(
  db: Db,
  actor: ProjectActor,
  { state, jobId, limit, cursor }: Input,
  intervalOf: IntervalOf,
): Promise<ListOf<Session>> {
  if (cursor !== undefined && !uuid.safeParse(cursor).success)
    throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const wanted = [
    ...(state ? [sql`s."state" = ${state}::"SessionState"`] : []),
    ...(jobId ? [sql`${jobId}::uuid = any(s."jobIds")`] : []),
  ];
  const before = cursor === undefined ? [] : [sql`s."id" < ${cursor}::uuid`];
  const found = await readSessions(
    db,
    actor,
    { condition: joinSql([...wanted, ...before], " and ", "true"), limit: limit + 1 },
    intervalOf,
  );
  const items = found.slice(0, limit);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: await countSessions(db, actor, joinSql(wanted, " and ", "true")),
    totalExact: true,
  };
}

async function countSessions(db: Db, actor: ProjectActor, condition: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "VerificationSession" s
      where s."projectId" = ${actor.projectId}::uuid and ${sessionsOpenTo(actor)} and ${condition}`,
  );
  return row?.count ?? 0;
}
