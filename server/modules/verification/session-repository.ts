import { roomName } from "@/contracts/live";
import type { Session } from "@/contracts/sessions";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { DECIDED_COLUMNS, type DecidedCounts, decidedCounts, presentFigures } from "./session-figures";
import { roomOwner } from "./session-mode";
import { sessionsOpenTo } from "./session-reach";

type Row = Pick<
  Session,
  | "id"
  | "name"
  | "label"
  | "state"
  | "mode"
  | "verdictsPerItem"
  | "blindShare"
  | "order"
  | "jobIds"
  | "schemaVersion"
  | "chunkSize"
  | "sample"
  | "records"
  | "narrowed"
  | "members"
  | "createdBy"
> &
  DecidedCounts & { chunks: number; createdAt: Date; closedAt: Date | null };

type Which = { condition?: Sql; limit: number };

/** Sessions that the actor may see, newest first. `condition` is about `"VerificationSession" s`. */
export async function readSessions(
  db: Db,
  actor: ProjectActor,
  { condition = rawSql("true"), limit }: Which,
): Promise<Session[]> {
  const sight = await loadSight(db, actor, { asReviewer: true });
  const rows = await queryRows<Row>(
    db,
    sql`select s."id", s."name", s."labelName" as "label", s."state"::text as "state", s."mode",
        s."overlap" as "verdictsPerItem",
        s."blindShare", s."order", s."jobIds",
        l."version" as "schemaVersion", s."chunkSize", s."chunks", s."sample", s."total", s."createdAt", s."closedAt",
        ${rawSql(DECIDED_COLUMNS)}, ${seesOnlyOwn(actor) ? HIDDEN_SETTING : settingFor(actor)},
        s."subsetId" is not null or s."query" is not null or s."sample" is not null as "narrowed",
        json_build_object('id', u."id", 'name', u."name") as "createdBy"
      from "VerificationSession" s
      join "LabelSchema" l on l."projectId" = s."projectId" and l."id" = s."schemaId"
      join "User" u on u."id" = s."createdById"
      cross join ${decidedCounts(actor, sight)}
      where s."projectId" = ${actor.projectId}::uuid and ${sessionsOpenTo(actor)} and ${condition}
      order by s."id" desc limit ${limit}::bigint`,
  );
  return rows.map((row) => presentSession(actor, row));
}

/** To whom it is open and on which records it was opened. */
const settingFor = ({ userId }: ProjectActor): Sql => sql`
  json_build_object(
    'subset', (select json_build_object('id', b."id", 'name', b."name") from "Subset" b
      where b."projectId" = s."projectId" and b."id" = s."subsetId"),
    'query', case when s."blindShare" = 0 or s."createdById" = ${userId}::uuid then s."query" end) as "records",
  (select coalesce(json_agg(json_build_object('id', p."id", 'name', p."name") order by p."name", p."id"), '[]')
    from "SessionMember" sm
    join "Membership" pm on pm."projectId" = sm."projectId" and pm."userId" = sm."userId" and pm."removedAt" is null
    join "User" p on p."id" = sm."userId"
    where sm."projectId" = s."projectId" and sm."sessionId" = s."id") as "members"`;

const HIDDEN_SETTING = rawSql(`null::json as "records", null::json as "members"`);

/** One session. @throws AppError `not_found`, also for what is not open to the actor */
export async function readSession(db: Db, actor: ProjectActor, id: string): Promise<Session> {
  const [found] = await readSessions(db, actor, { condition: sql`s."id" = ${id}::uuid`, limit: 1 });
  if (found) return found;
  throw noSuchSession();
}

export const noSuchSession = () =>
  new AppError("not_found", "There is no such session, or you have no access to it.");

function presentSession(actor: ProjectActor, row: Row): Session {
  const { total, confirmed, corrected, unsure, hidden, blind, judged, agreed, apart, overall, ...session } =
    row;
  const { chunks, createdAt, closedAt, ...shown } = session;
  const { url, collabUrl } = env();
  const owner = roomOwner(row.mode, actor);
  const rooms = Array.from({ length: chunks }, (_, chunk) => roomName(row.id, chunk, owner));
  return {
    ...shown,
    ...presentFigures({ total, confirmed, corrected, unsure, hidden, blind, judged, agreed, apart, overall }),
    url: `${url}/p/${actor.projectSlug}/verify/${row.id}`,
    room: roomName(row.id, 0, owner),
    rooms,
    wsUrl: collabUrl,
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}
