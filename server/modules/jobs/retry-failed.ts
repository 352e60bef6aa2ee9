import type { z } from "zod";
import type { Job, retryFailedInput } from "@/contracts/jobs";
import { Prisma } from "@/prisma/generated/client/client";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { announceJob } from "./job-events";
import { sealJobKey } from "./job-key";
import { lockJob, readJob, wrongState } from "./job-repository";
import { enqueueRun, jobPriority } from "./run-job-task";

/**
 * Asks again for the items whose calls were given up, and for those alone. A key given to the job was erased
 * at its end: give one again.
 * @throws AppError `conflict` when the job is paused or cancelled, or no call failed
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
        ...(apiKey === undefined ? {} : { sealedApiKey: sealJobKey(apiKey, id) }),
      },
    });
    await enqueueRun(tx, { projectId, jobId: id, outageTries: 0 }, { priority: jobPriority(job) });
    await announceJob(tx, id);
  });
  return readJob(db, projectId, id);
}
