import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import { roomName } from "@/contracts/live";
import type { listSessionItemsInput, SessionItem } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { itemFilter } from "./item-filter";
import { sessionsOpenTo } from "./session-reach";
import { noSuchSession } from "./session-repository";

type Input = Omit<z.infer<typeof listSessionItemsInput>, "project">;
type Row = Omit<SessionItem, "room">;

/** The tables behind one item: its session, label, record, and the verdict that is current in the session. */
const ITEMS = `"SessionItem" i
  join "VerificationSession" s on s."projectId" = i."projectId" and s."id" = i."sessionId"
  join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
  join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId" and r."deletedAt" is null
  left join "Verification" v on v."projectId" = i."projectId" and v."sessionId" = i."sessionId"
    and v."annotationId" = i."annotationId" and v."current" and v."inSharedSession"`;

/**
 * A page of a session's items, in the frozen order or by confidence (without one last), with the labels of
 * the session's other jobs beside each.
 * @throws AppError `not_found`, `invalid_cursor`
 */
export async function listSessionItems(
  db: Db,
  actor: ProjectActor,
  { id, limit, cursor, from = 0, sort, ...filter }: Input,
): Promise<ListOf<SessionItem>> {
  const session = await findSession(db, actor, id);
  const wanted = sql`i."projectId" = ${actor.projectId}::uuid and i."sessionId" = ${id}::uuid
    and i."position" >= ${from}::int and ${itemFilter(filter)}`;
  const rows = await queryRows<Row>(
    db,
    sql`select ${rawSql(COLUMNS)} from ${rawSql(ITEMS)}
      left join "Annotator" p on p."projectId" = v."projectId" and p."id" = v."verifierId"
      where ${wanted} and ${comesAfter(sort, cursor)} order by ${rawSql(ORDERS[sort])} limit ${limit + 1}::bigint`,
  );
  const { items, nextCursor } = cutPage(rows, limit, (last) => writeCursor(sort, last));
  return {
    items: items.map((row) => ({
      ...row,
      room: roomName(id, Math.floor(row.position / session.chunkSize)),
      verdict: row.verdict && { ...row.verdict, at: new Date(row.verdict.at).toISOString() },
    })),
    nextCursor,
    total: await countItems(db, wanted),
    totalExact: true,
  };
}

const COLUMNS = `i."annotationId", i."recordId", i."position", i."inclusion", r."externalId", r."content", a."annotatorId" as "jobId",
  a."value", a."conf", a."confReason", a."probabilities",
  coalesce((select json_object_agg(n."name", r."metadata" -> n."name") from "MetadataName" n
    where n."projectId" = i."projectId" and n."visibility" = 'shown' and r."metadata" ? n."name"), '{}') as "metadata",
  coalesce((select json_agg(json_build_object('annotationId', o."id", 'jobId', o."annotatorId", 'value', o."value",
      'conf', o."conf") order by array_position(s."jobIds", o."annotatorId"))
    from "Annotation" o where o."projectId" = i."projectId" and o."recordId" = i."recordId"
      and o."labelName" = s."labelName" and o."level" = 'record' and o."annotatorId" = any(s."jobIds")
      and o."id" <> i."annotationId"), '[]') as "others",
  (select json_build_object('id', h."id", 'name', h."name") from "SessionLease" l join "User" h on h."id" = l."userId"
    where l."projectId" = i."projectId" and l."sessionId" = i."sessionId" and l."recordId" = i."recordId"
      and l."expiresAt" > now()) as "holder",
  case when v."status" is not null then json_build_object('status', v."status", 'value', v."value",
    'by', json_build_object('id', p."id", 'name', p."name"), 'at', coalesce(v."decidedAt", v."createdAt"), 'reason', v."reason") end as "verdict"`;

const ORDERS = {
  position: `i."position"`,
  confidence: `a."conf" asc nulls last, i."position"`,
  "-confidence": `a."conf" desc nulls last, i."position"`,
} as const;

const writeCursor = (sort: Input["sort"], { conf, position }: Row): string =>
  sort === "position" ? `${position}` : `${position}~${conf}`;

function comesAfter(sort: Input["sort"], cursor: string | undefined): Sql {
  if (cursor === undefined) return rawSql("true");
  const [, place, conf] = /^(\d{1,9})(?:~([\d.e+-]{1,40}|null))?$/.exec(cursor) ?? [];
  if (place === undefined || (sort === "position") !== (conf === undefined)) throw invalidCursor();
  const position = Number(place);
  if (conf === undefined) return sql`i."position" > ${position}::int`;
  if (conf === "null") return sql`(a."conf" is null and i."position" > ${position}::int)`;
  const further = rawSql(sort === "confidence" ? ">" : "<");
  return sql`(a."conf" ${further} ${Number(conf)}::float8 or a."conf" is null
    or (a."conf" = ${Number(conf)}::float8 and i."position" > ${position}::int))`;
}

async function findSession(db: Db, actor: ProjectActor, id: string): Promise<{ chunkSize: number }> {
  const conditions = [
    sql`s."projectId" = ${actor.projectId}::uuid and s."id" = ${id}::uuid`,
    sessionsOpenTo(actor),
  ];
  const [session] = await queryRows<{ chunkSize: number }>(
    db,
    sql`select s."chunkSize" from "VerificationSession" s where ${joinSql(conditions, " and ")}`,
  );
  if (session) return session;
  throw noSuchSession();
}

async function countItems(db: Db, wanted: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from ${rawSql(ITEMS)} where ${wanted}`,
  );
  return row?.count ?? 0;
}
