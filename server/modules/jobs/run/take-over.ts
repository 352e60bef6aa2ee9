import type { Db } from "@/server/platform/db";
import { heldTask } from "@/server/platform/queue";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { runJobKey } from "../run-job-task";

type Which = {
  projectId: string;
  jobId: string;
  leaseToken: string;
  /** The calls of a batch that is lost; null: those that an earlier run made alone. */
  batchId?: string | null;
};

/**
 * Settles what an earlier run left in flight: attempts without an outcome are uncertain. They count in spend
 * at their reserved bound, and their items are asked again. One statement, so that an answer which the earlier
 * run still commits is either before it and kept, or after it and dropped.
 * @returns how many were uncertain
 */
export async function takeOver(
  db: Db,
  { projectId, jobId, leaseToken, batchId = null }: Which,
): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`with locked as materialized (
        select "id" from "Job" where "projectId" = ${projectId}::uuid and "id" = ${jobId}::uuid for no key update
      ), held as materialized (
        ${heldTask(runJobKey(jobId), leaseToken, rawSql(`exists (select 1 from locked)`))}
      ), job as materialized (
        select "id" from locked where exists (select 1 from held)
      ), open as (
        update "JobAttempt" a set "outcome" = 'uncertain', "finishedAt" = now() from job
        where a."jobId" = job."id" and a."outcome" is null and a."batchId" is not distinct from ${batchId}::uuid
        returning a."recordId", a."reservedMicroUsd"
      ), items as (
        update "JobItem" i set "status" = 'queued', "updatedAt" = now() from job
        where i."projectId" = ${projectId}::uuid and i."jobId" = job."id" and i."status" = 'running'
          and (${batchId}::uuid is null or i."recordId" in (select "recordId" from open))
      ), total as (
        select count(*)::int as "count", coalesce(sum("reservedMicroUsd"), 0)::bigint as "reserved" from open
      ), spent as (
        update "Job" j set "uncertain" = j."uncertain" + total."count",
          "spentMicroUsd" = j."spentMicroUsd" + total."reserved",
          "reservedMicroUsd" = j."reservedMicroUsd" - total."reserved"
        from job, total where j."id" = job."id" and total."count" > 0
        returning j."id"
      ), project as (
        update "Project" p set "spentMicroUsd" = p."spentMicroUsd" + total."reserved",
          "reservedMicroUsd" = p."reservedMicroUsd" - total."reserved"
        from spent, total where p."id" = ${projectId}::uuid and total."reserved" > 0
      )
      select "count" from total`,
  );
  return row?.count ?? 0;
}
