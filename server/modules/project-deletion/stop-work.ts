import { cancelJobs } from "@/server/modules/jobs";
import type { Db } from "@/server/platform/db";
import { execute, queryRows, type Sql, sql } from "@/server/platform/sql";
import { ERASE_PROJECT } from "./erase-task";

/** Minutes after which work that does not end is no longer waited for: its worker loses its lease. */
const PATIENCE_MINUTES = 15;

/** Asks all background work of a project to end. What has ended, or was asked before, is left as it is. */
export async function stopWork(tx: Db, projectId: string): Promise<void> {
  await cancelJobs(tx, projectId);
  const open = sql`"projectId" = ${projectId}::uuid and "status" in ('queued', 'running')`;
  await execute(
    tx,
    sql`update "ImportRun" set "cancelRequestedAt" = now() where ${open} and "cancelRequestedAt" is null`,
  );
  await execute(
    tx,
    sql`update "BulkRun" set "cancelRequestedAt" = now() where ${open} and "cancelRequestedAt" is null`,
  );
  await execute(
    tx,
    sql`update "EmbeddingRun" set "cancelRequested" = true where ${open} and not "cancelRequested"`,
  );
}

/**
 * Whether anything of a project is still under way: a task that a worker holds, or a job that has not ended. A job
 * whose batches at the provider were all cancelled is not waited for: what they still bring is of no use.
 */
export async function isAtWork(db: Db, projectId: string): Promise<boolean> {
  const [row] = await queryRows<{ working: boolean }>(
    db,
    sql`select p."deletingAt" > now() - make_interval(mins => ${PATIENCE_MINUTES}::int) and (
        exists (select 1 from "Task" t where ${ofProject(projectId)} and t."leaseUntil" > now())
        or exists (
          select 1 from "Job" j where j."projectId" = p."id" and j."status" in ('queued', 'running', 'paused')
            and (select coalesce(bool_or(not b."cancelled"), true) from "JobBatch" b
              where b."projectId" = j."projectId" and b."jobId" = j."id"
                and b."status" in ('preparing', 'sending', 'sent')))
      ) as "working"
      from "Project" p where p."id" = ${projectId}::uuid`,
  );
  return row?.working ?? false;
}

/** Takes the tasks of a project out of the queue: a worker that still holds one finds that it has lost it. */
export const dropTasks = (db: Db, projectId: string): Promise<number> =>
  execute(db, sql`delete from "Task" t where ${ofProject(projectId)}`);

/** All tasks `t` of a project but the one that erases it; some name a run or a room of it. */
const ofProject = (projectId: string): Sql => sql`t."kind" <> ${ERASE_PROJECT}::text and (
  t."payload" ->> 'projectId' = ${projectId}::text
  or t."payload" ->> 'importId' in (
    select "id"::text from "ImportRun" where "projectId" = ${projectId}::uuid)
  or t."payload" ->> 'runId' in (
    select "id"::text from "EmbeddingRun" where "projectId" = ${projectId}::uuid)
  or t."payload" ->> 'room' in (select "name" from "CollabRoom" where "projectId" = ${projectId}::uuid))`;
