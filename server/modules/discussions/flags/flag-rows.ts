import type { Flag } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { shownResolution, shownTo } from "../shown-to";

/** Code points of a record's text that stand beside its flag. */
const EXCERPT = 200;

export const noSuchFlag = () =>
  new AppError("not_found", "There is no such flag, or you have no access to its record.");

type Row = Omit<Flag, "createdAt" | "settled"> & {
  createdAt: Date;
  settledAt: Date | null;
  settledBy: Flag["author"] | null;
  resolution: string | null;
};

/** Tables and condition of the flags `f`, on records `r` in the actor's reach, that the actor may read. */
export async function flagsInReach(db: Db, actor: ProjectActor, condition: Sql): Promise<Sql> {
  return sql`"RecordFlag" f join "Record" r on r."projectId" = f."projectId" and r."id" = f."recordId"
    where f."projectId" = ${actor.projectId}::uuid and ${condition} and ${await shownTo(db, actor, "f")}
      and ${await recordFilter(db, actor, null)}`;
}

type Which = { source: Sql; limit: number };

/** Flags of {@link flagsInReach}, newest first. */
export async function readFlags(db: Db, actor: ProjectActor, { source, limit }: Which): Promise<Flag[]> {
  const resolution = await shownResolution(db, actor);
  const rows = await queryRows<Row>(
    db,
    sql`select x.*, json_build_object('id', x."authorId", 'name', coalesce(a."name", 'Somebody')) as "author",
        case when x."settledById" is not null
          then json_build_object('id', x."settledById", 'name', coalesce(s."name", 'Somebody')) end as "settledBy"
      from (select f."id", f."recordId", r."externalId", left(r."content", ${EXCERPT}::int) as "excerpt",
          f."sessionId", f."labelName" as "label", f."authorId", f."kind"::text as "kind", f."note",
          f."state"::text as "state", f."createdAt", f."settledAt", f."settledById", ${resolution} as "resolution"
        from ${source} order by f."id" desc limit ${limit}::bigint) x
      left join "User" a on a."id" = x."authorId" left join "User" s on s."id" = x."settledById"
      order by x."id" desc`,
  );
  return rows.map(({ createdAt, settledAt, settledBy, resolution, ...row }) => ({
    id: row.id,
    recordId: row.recordId,
    externalId: row.externalId,
    excerpt: row.excerpt,
    sessionId: row.sessionId,
    label: row.label,
    author: row.author,
    kind: row.kind,
    note: row.note,
    state: row.state,
    createdAt: createdAt.toISOString(),
    settled: settledAt && settledBy ? { by: settledBy, at: settledAt.toISOString(), note: resolution } : null,
  }));
}

/** @throws AppError `not_found` */
export async function readFlag(db: Db, actor: ProjectActor, id: string): Promise<Flag> {
  const [flag] = await readFlags(db, actor, {
    source: await flagsInReach(db, actor, sql`f."id" = ${id}::uuid`),
    limit: 1,
  });
  if (!flag) throw noSuchFlag();
  return flag;
}
