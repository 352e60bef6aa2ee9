import { z } from "zod";
import { askedTime, id, type ListOf } from "@/contracts/common";
import type { listVerificationsInput, Verification } from "@/contracts/verifications";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { loadSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { seesPace } from "./pace-reach";

type Input = Omit<z.infer<typeof listVerificationsInput>, "project">;
type Row = Omit<Verification, "createdAt"> & { createdAt: Date };

/**
 * Verdicts, newest first: those that are current, or with `history` all. An annotator sees their own and those of
 * the sessions opened to them. What is hidden from the actor until they have decided is left out, and not counted.
 * @throws AppError `invalid_cursor`
 */
export async function listVerifications(
  db: Db,
  actor: ProjectActor,
  { limit, cursor, ...filter }: Input,
): Promise<ListOf<Verification>> {
  const sight = await loadSight(db, actor);
  const wanted = sql`${verdictFilter(actor, filter)} and ${verdictInSight(sight)}`;
  const after = cursor === undefined ? rawSql("true") : comesAfter(cursor);
  const rows = await queryRows<Row>(
    db,
    sql`select v."id", v."recordId", v."jobId", v."annotationId", v."labelName" as "label", v."value", v."start", v."end",
        v."status"::text as "status", json_build_object('id', p."id", 'name', p."name") as "verifier", v."current",
        v."sessionId", v."blind", v."reason", case when ${seesPace(actor)}::bool or v."verifierId" = ${actor.userId}::uuid
          then v."activeMs" end as "ms", v."together", v."createdAt"
      from "Verification" v
      join "Annotator" p on p."projectId" = v."projectId" and p."id" = v."verifierId"
      where ${wanted} and ${after} order by v."createdAt" desc, v."id" desc limit ${limit + 1}::bigint`,
  );
  const { items, nextCursor } = cutPage(
    rows,
    limit,
    ({ createdAt, id }) => `${createdAt.toISOString()}~${id}`,
  );
  return {
    items: items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    nextCursor,
    total: await countVerdicts(db, wanted),
    totalExact: true,
  };
}

function verdictFilter(actor: ProjectActor, filter: Omit<Input, "limit" | "cursor">): Sql {
  const { jobId, label, status, verifierId, sessionId, recordId, since, history } = filter;
  return joinSql(
    [
      sql`v."projectId" = ${actor.projectId}::uuid`,
      ...(history ? [] : [rawSql(`v."current" and v."status" is not null`)]),
      ...(seesOnlyOwn(actor) ? [ownOrShared(actor)] : []),
      ...(jobId ? [sql`v."jobId" = ${jobId}::uuid`] : []),
      ...(label === undefined ? [] : [sql`v."labelName" = ${label}::text`]),
      ...(status ? [sql`v."status" = ${status}::"VerificationStatus"`] : []),
      ...(verifierId ? [sql`v."verifierId" = ${verifierId}::uuid`] : []),
      ...(sessionId ? [sql`v."sessionId" = ${sessionId}::uuid`] : []),
      ...(recordId ? [sql`v."recordId" = ${recordId}::uuid`] : []),
      ...(since ? [sql`v."createdAt" >= ${since}::timestamptz`] : []),
    ],
    " and ",
  );
}

const ownOrShared = ({ projectId, userId }: ProjectActor): Sql =>
  sql`(v."verifierId" = ${userId}::uuid or v."sessionId" in (select m."sessionId" from "SessionMember" m
    where m."projectId" = ${projectId}::uuid and m."userId" = ${userId}::uuid))`;

const cursorParts = z.tuple([askedTime, id]);

function comesAfter(cursor: string): Sql {
  const { data } = cursorParts.safeParse(cursor.split("~"));
  if (!data) throw invalidCursor();
  return sql`(v."createdAt", v."id") < (${data[0]}::timestamptz, ${data[1]}::uuid)`;
}

async function countVerdicts(db: Db, wanted: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "Verification" v where ${wanted}`,
  );
  return row?.count ?? 0;
}
