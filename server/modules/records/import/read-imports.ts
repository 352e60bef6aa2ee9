import type { ListOf } from "@/contracts/common";
import type { ImportRun } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { pageById } from "@/server/platform/paging";

/** Refused rows that an import's own answer holds; the whole list is a file. */
const SHOWN_ERRORS = 1000;

type Row = Omit<ImportRun, "createdAt" | "startedAt" | "finishedAt" | "errorsTruncated"> & {
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  refusals: number;
};

const IMPORTS = (shownErrors: number) => `
  select i."id", i."status"::text as "status", i."kind"::text as "kind", i."source"::text as "source",
    split_part(i."url", '?', 1) as "url", i."options"->>'format' as "format", i."fileName", i."encoding",
    i."bytes"::float8 as "bytes", i."bytesRead"::float8 as "bytesRead", i."phase"::text as "phase", i."progress",
    i."attempts", i."recovered", i."read", i."imported", i."updated", i."skipped", i."refused",
    i."skippedDeleted", i."restored", i."nearDuplicates", i."labelReport", i."error", i."createdAt", i."startedAt", i."finishedAt",
    (select count(*)::int from "ImportRefusal" r
     where r."projectId" = i."projectId" and r."importId" = i."id") as "refusals",
    coalesce((
      select json_agg(json_strip_nulls(json_build_object('line', r."line", 'externalId', r."externalId",
        'code', r."code", 'message', r."message")) order by r."line", r."ordinal")
      from (
        select * from "ImportRefusal" r where r."projectId" = i."projectId" and r."importId" = i."id"
        order by r."line", r."ordinal" limit ${shownErrors}
      ) r
    ), '[]') as "errors"
  from "ImportRun" i
  where i."projectId" = $1::uuid`;

const present = ({ refusals, ...row }: Row): ImportRun => ({
  ...row,
  errorsTruncated: refusals > row.errors.length,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

export const noSuchImport = () => new AppError("not_found", "There is no such import in this project.");

/** One import with its counts and its first refused rows, by line. @throws AppError `not_found` */
export async function getImport(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<ImportRun> {
  const [row] = await sqlRows<Row>(db, `${IMPORTS(SHOWN_ERRORS)} and i."id" = $2::uuid`, [projectId, id]);
  if (!row) throw noSuchImport();
  return present(row);
}

/** The project's imports, newest first, without their refused rows. */
export async function listImports(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<ImportRun>> {
  return pageById({
    limit,
    cursor,
    read: async (before, count) => {
      const rows = await sqlRows<Row>(
        db,
        `${IMPORTS(0)} and ($2::uuid is null or i."id" < $2::uuid) order by i."id" desc limit $3::int`,
        [projectId, before, count],
      );
      return rows.map(present);
    },
    count: () => db.importRun.count({ where: { projectId } }),
  });
}

/**
 * Asks an import to stop; it ends as `cancelled` soon, with nothing imported. One that has ended stays as it is.
 * @throws AppError `not_found`
 */
export async function cancelImport(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<ImportRun> {
  await db.importRun.updateMany({
    where: { projectId: actor.projectId, id, status: { in: ["queued", "running"] }, cancelRequestedAt: null },
    data: { cancelRequestedAt: new Date() },
  });
  return getImport(db, actor, { id });
}
