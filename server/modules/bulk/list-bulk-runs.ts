import type { BulkRun } from "@/contracts/bulk";
import type { ListOf } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { rawSql, sql } from "@/server/platform/sql";
import { countRuns, readRun, readRuns } from "./bulk-repository";

/** Bulk actions, newest first; for an annotator their own. */
export function listBulkRuns(
  db: Db,
  actor: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<BulkRun>> {
  return pageById({
    limit,
    cursor,
    read: (before, count) =>
      readRuns(db, actor, {
        which: before === null ? rawSql("true") : sql`b."id" < ${before}::uuid`,
        limit: count,
      }),
    count: () => countRuns(db, actor),
  });
}

/** One bulk action with its progress. @throws AppError `not_found` */
export function getBulkRun(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<BulkRun> {
  return readRun(db, actor, id);
}
