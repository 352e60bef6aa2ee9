import type { z } from "zod";
import type { Job, retryFailedInput } from "@/contracts/jobs";
import { Prisma } from "@/prisma/generated/client/client";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { announceJob } from "./job-events";
import { renewedKey } from "./job-key";
import { lockJob, readJob, wrongState } from "./job-repository";
import { enqueueRun, jobPriority } from "./run-job-task";

/**
 * Asks again for the items whose calls were given up, and for those alone. A key given to the job was erased
 * at its end: give one again.
 * @throws AppError `conflict` when the job is paused or cancelled, no call failed, or final labels use its answers
 */
export async function retryFailed(
  db: Db,
  { projectId }: ProjectActor,
  { id, apiKey }: z.infer<typeof retryFailedInput>,
): Promise<Job> {
  await inTransaction(db, async (tx) => {
    const job = await lockJob(tx, projectId, id);
    const { status, cancelRequested, startedAt } = job;
    if (status === "paused") throw wrongState("The job is paused: resume it first.");
    if (status === "cancelled" || cancelRequested)
      throw wrongState("The job was cancelled: start another one.");
    await refuseWhenUsed(tx, projectId, id);
    const { count } = await tx.jobItem.updateMany({
      where: { projectId, jobId: id, status: "callFailed" },
      data: {
        status: "queued",
        attempts: 0,
        errorKind: null,
        errorMessage: null,
        reason: null,
        retryAt: null,
      },
    });
    if (count === 0) throw wrongState("No call of this job has failed.");
    await tx.job.update({
      where: { projectId_id: { projectId, id } },
      data: {
        status: startedAt === null ? "queued" : "running",
        finishedAt: null,
        report: Prisma.DbNull,
        error: Prisma.DbNull,
        ...(await renewedKey(tx, projectId, { id, apiKey })),
      },
    });
    await enqueueRun(tx, { projectId, jobId: id, outageTries: 0 }, { priority: jobPriority(job) });
    await announceJob(tx, id);
  });
  return readJob(db, projectId, id);
}

/** Final labels say which jobs they rest on: such a job gets no further answers. */
async function refuseWhenUsed(tx: Db, projectId: string, id: string): Promise<void> {
  const [used] = await queryRows<{ label: string; at: string }>(
    tx,
    sql`select g."labelName" as "label", to_char(g."createdAt" at time zone 'UTC', 'YYYY-MM-DD') as "at"
      from "Aggregation" g join "Job" j on j."projectId" = g."projectId" and j."id" = ${id}::uuid
      where g."projectId" = ${projectId}::uuid and g."labelName" = any (j."labels")
        and g."createdAt" >= j."createdAt"
        and (jsonb_typeof(g."options" -> 'annotators') is distinct from 'array'
          or g."options" -> 'annotators' ? ${id}::text)
      order by g."createdAt" limit 1`,
  );
  if (used)
    throw wrongState(
      `Final labels of "${used.label}" made on ${used.at} use this job's answers, so it gets no more: start a new job for the records that are left.`,
    );
}
