import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import { roomName } from "@/contracts/live";
import type { listSessionItemsInput, SessionItem } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { answerInTime, textCondition } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { itemFilter } from "./item-filter";
import { itemTables, type JudgedRow, judgedColumns, presentJudged, SEEN_CONF } from "./session-item-rows";
import { roomOwner, type SessionMode } from "./session-mode";
import { sessionsOpenTo } from "./session-reach";
import { noSuchSession } from "./session-repository";

type Input = Omit<z.infer<typeof listSessionItemsInput>, "project">;
type Placed = { annotationId: string; position: number };
type Row = Omit<SessionItem, "room" | "sameRecord" | keyof JudgedRow> & JudgedRow & { sameRecord: Placed[] };

/**
 * A page of a session's items, in the frozen order or by confidence (without one last), with the labels of
 * the session's other jobs beside each.
 * @throws AppError `not_found`, `invalid_cursor`, `invalid_regex` and `unsupported_regex` at `keyword`, `query_too_slow`
 */
export async function listSessionItems(
  db: Db,
  actor: ProjectActor,
  input: Input,
): Promise<ListOf<SessionItem>> {
  // Words as they stand have an index, or few texts to look through; the other ways may take any time.
  return input.keyword === undefined || input.match === "exact"
    ? readItems(db, actor, input)
    : answerInTime(db, (tx) => readItems(tx, actor, input));
}

async function readItems(
  db: Db,
  actor: ProjectActor,
  { id, limit, cursor, from = 0, recordId, sort, keyword, match = "exact", ...filter }: Input,
): Promise<ListOf<SessionItem>> {
  const session = await findSession(db, actor, id);
  const sight = await loadSight(db, actor, { asReviewer: true });
  const tables = itemTables(actor, sight);
  const text =
    keyword === undefined ? null : await textCondition(db, { text: keyword, way: match }, "keyword");
  const ofRecord = recordId === undefined ? rawSql("true") : sql`i."recordId" = ${recordId}::uuid`;
  const wanted = sql`i."projectId" = ${actor.projectId}::uuid and i."sessionId" = ${id}::uuid
    and i."position" >= ${from}::int and ${ofRecord} and ${itemFilter(filter, { actor, sight, text })}`;
  const isNarrowed = Object.values(filter).some((one) => one !== undefined);
  const rows = await queryRows<Row>(
    db,
    sql`select ${rawSql(COLUMNS)}, ${judgedColumns(actor, sight)} from ${tables}
      where ${wanted} and ${comesAfter(sort, cursor)} order by ${rawSql(ORDERS[sort])} limit ${limit + 1}::bigint`,
  );
  const { items, nextCursor } = cutPage(rows, limit, (last) => writeCursor(sort, last));
  const roomAt = ({ position }: Placed) =>
    roomName(id, Math.floor(position / session.chunkSize), session.roomOwner);
  return {
    items: items.map((row) => ({
      ...presentJudged(row),
      room: roomAt(row),
      sameRecord: row.sameRecord.map((other) => ({ annotationId: other.annotationId, room: roomAt(other) })),
    })),
    nextCursor,
    total: await countItems(db, isNarrowed ? tables : ITEMS_ALONE, wanted),
    totalExact: true,
  };
}

const COLUMNS = `i."annotationId", i."recordId", i."position", i."inclusion", r."externalId", r."content", a."annotatorId" as "jobId",
  a."level", case when a."start" >= 0 then a."start" end as "start", case when a."end" >= 0 then a."end" end as "end",
  coalesce((select json_object_agg(n."name", r."metadata" -> n."name") from "MetadataName" n
    where n."projectId" = i."projectId" and n."visibility" = 'shown' and r."metadata" ? n."name"), '{}') as "metadata",
  case when a."level" = 'record' and cardinality(s."jobIds") > 1
    then coalesce((select json_agg(json_build_object('annotationId', t."annotationId", 'position', t."position") order by t."position")
      from "SessionItem" t where t."projectId" = i."projectId" and t."sessionId" = i."sessionId"
        and t."recordId" = i."recordId" and t."annotationId" <> i."annotationId"), '[]')
    else '[]' end as "sameRecord",
  (select json_build_object('id', h."id", 'name', h."name") from "SessionLease" l join "User" h on h."id" = l."userId"
    where l."projectId" = i."projectId" and l."sessionId" = i."sessionId" and l."recordId" = i."recordId"
      and l."expiresAt" > now() and s."mode" = 'shared') as "holder"`;

/** Without labels and verdicts, which only a filter asks for. */
const ITEMS_ALONE = rawSql(`"SessionItem" i
  join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId" and r."deletedAt" is null`);

const ORDERS = {
  position: `i."position"`,
  confidence: `${SEEN_CONF} asc nulls last, i."position"`,
  "-confidence": `${SEEN_CONF} desc nulls last, i."position"`,
} as const;

const writeCursor = (sort: Input["sort"], { seen, conf, position }: Row): string =>
  sort === "position" ? `${position}` : `${position}~${seen ? conf : null}`;

function comesAfter(sort: Input["sort"], cursor: string | undefined): Sql {
  if (cursor === undefined) return rawSql("true");
  const [, place, conf] = /^(\d{1,9})(?:~([\d.e+-]{1,40}|null))?$/.exec(cursor) ?? [];
  if (place === undefined || (sort === "position") !== (conf === undefined)) throw invalidCursor();
  const position = Number(place);
  if (conf === undefined) return sql`i."position" > ${position}::int`;
  const seenConf = rawSql(`(${SEEN_CONF})`);
  if (conf === "null") return sql`(${seenConf} is null and i."position" > ${position}::int)`;
  const further = rawSql(sort === "confidence" ? ">" : "<");
  return sql`(${seenConf} ${further} ${Number(conf)}::float8 or ${seenConf} is null
    or (${seenConf} = ${Number(conf)}::float8 and i."position" > ${position}::int))`;
}

async function findSession(
  db: Db,
  actor: ProjectActor,
  id: string,
): Promise<{ chunkSize: number; roomOwner: string | null }> {
  const conditions = [
    sql`s."projectId" = ${actor.projectId}::uuid and s."id" = ${id}::uuid`,
    sessionsOpenTo(actor),
  ];
  const [session] = await queryRows<{ chunkSize: number; mode: SessionMode }>(
    db,
    sql`select s."chunkSize", s."mode" from "VerificationSession" s where ${joinSql(conditions, " and ")}`,
  );
  if (session) return { chunkSize: session.chunkSize, roomOwner: roomOwner(session.mode, actor) };
  throw noSuchSession();
}

async function countItems(db: Db, tables: Sql, wanted: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from ${tables} where ${wanted}`,
  );
  return row?.count ?? 0;
}
