import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { heldTask } from "@/server/platform/queue";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { runJobKey } from "../run-job-task";
import type { PreparedItem } from "./prepared-item";

/** The attempt's id, or why no call may be made. */
export type Begun = { attemptId: string } | { refused: "stopped" | "cap" };

type BeginOptions = {
  projectId: string;
  jobId: string;
  leaseToken: string;
  /** A provider that is down is being tried: the paused job makes a call. */
  probing: boolean;
};

/**
 * Writes the attempts of calls about to be made and reserves their bounds. One statement with all that must
 * hold: this run has the lease, the job is not paused or cancelled, and spent + reserved + bounds stay within
 * the caps of job and project. The locks on job and project keep it so until the commit.
 */
export async function beginCalls(
  db: Db,
  { projectId, jobId, leaseToken, probing }: BeginOptions,
  items: readonly PreparedItem[],
): Promise<Begun[]> {
  const attempts = items.map(() => newId());
  const [row] = await queryRows<{ running: boolean; begun: string[] | null }>(
    db,
    sql`with locked as materialized (
        select j."id", j."spendCapMicroUsd" as "cap", j."spentMicroUsd" + j."reservedMicroUsd" as "used"
        from "Job" j
        where j."projectId" = ${projectId}::uuid and j."id" = ${jobId}::uuid and not j."cancelRequested"
          and (j."status" = 'running'
            or (${probing}::boolean and j."status" = 'paused' and j."pausedReason" = 'provider_outage'))
        for no key update
      ), held as materialized (
        ${heldTask(runJobKey(jobId), leaseToken, rawSql(`exists (select 1 from locked)`))}
      ), job as materialized (
        select * from locked where exists (select 1 from held)
      ), project as materialized (
        select p."id", p."spendCapMicroUsd" as "cap", p."spentMicroUsd" + p."reservedMicroUsd" as "used"
        from "Project" p where p."id" = ${projectId}::uuid and exists (select 1 from job)
        for no key update
      ), wanted as (
        select *, (sum("bound") over (order by "n"))::bigint as "total"
        from unnest(${attempts}::uuid[], ${items.map((item) => item.recordId)}::uuid[],
          ${items.map((item) => item.hash)}::text[], ${items.map((item) => item.boundMicroUsd)}::bigint[])
          with ordinality as t("attemptId", "recordId", "hash", "bound", "n")
      ), admitted as (
        select wanted.*, i."attempts" from wanted cross join job cross join project
        join "JobItem" i on i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid
          and i."recordId" = wanted."recordId" and i."status" = 'queued'
        where (job."cap" is null or job."used" + wanted."total" <= job."cap")
          and (project."cap" is null or project."used" + wanted."total" <= project."cap")
      ), attempt as (
        insert into "JobAttempt" ("id", "projectId", "jobId", "recordId", "number", "leaseToken", "reservedMicroUsd")
        select "attemptId", ${projectId}::uuid, ${jobId}::uuid, "recordId", "attempts" + 1, ${leaseToken}::uuid, "bound"
        from admitted
      ), item as (
        update "JobItem" i set "status" = 'running', "attempts" = i."attempts" + 1, "promptHash" = admitted."hash",
          "retryAt" = null, "updatedAt" = now()
        from admitted
        where i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and i."recordId" = admitted."recordId"
      ), reserved as (
        select coalesce(sum("bound"), 0)::bigint as "bound" from admitted
      ), in_job as (
        update "Job" j set "reservedMicroUsd" = j."reservedMicroUsd" + reserved."bound"
        from job, reserved where j."id" = job."id" and reserved."bound" > 0
      ), in_project as (
        update "Project" p set "reservedMicroUsd" = p."reservedMicroUsd" + reserved."bound"
        from project, reserved where p."id" = project."id" and reserved."bound" > 0
      )
      select exists (select 1 from job) as "running", (select array_agg("attemptId"::text) from admitted) as "begun"`,
  );
  const begun = new Set(row?.begun);
  const refused = row?.running ? "cap" : "stopped";
  return attempts.map((attemptId) => (begun.has(attemptId) ? { attemptId } : { refused }));
}
