import type { Db } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";

/** Days for which a run can be taken back after it has ended … */
export const KEPT_DAYS = 30;
/** … as long as it is among so many of the project's newest. */
const KEPT_RUNS = 50;

/**
 * Throws away what old runs of a project keep for being taken back. The runs themselves stay listed. Called
 * whenever another run is started, so that no project holds more than it may.
 */
export async function forgetOldRuns(tx: Db, projectId: string): Promise<void> {
  await execute(
    tx,
    sql`with kept as (
        select b."id", b."status", b."finishedAt", row_number() over (order by b."id" desc) as "place"
        from "BulkRun" b where b."projectId" = ${projectId}::uuid and b."forgottenAt" is null
      ), forgotten as (
        update "BulkRun" b set "forgottenAt" = now() from kept k
        where b."projectId" = ${projectId}::uuid and b."id" = k."id"
          and k."status" not in ('queued', 'running', 'undoing')
          and (k."place" > ${KEPT_RUNS}::int
            or k."finishedAt" < now() - make_interval(days => ${KEPT_DAYS}::int))
        returning b."id"
      )
      delete from "BulkBatch" t using forgotten f
      where t."projectId" = ${projectId}::uuid and t."runId" = f."id"`,
  );
}
