import type { Job } from "@/contracts/jobs";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { endJob } from "./end-job";
import { announceJob } from "./job-events";
import { hasEnded, type JobState, lockJob, readJob, wrongState } from "./job-repository";
import { enqueueRun, jobPriority } from "./run-job-task";

/**
 * Cancels a job for good; labels it has written stay. At once when no call is under way, else by its worker
 * as soon as those calls have ended.
 * @throws AppError `conflict` when it has ended
 */
export async function cancelJob(db: Db, { projectId }: ProjectActor, { id }: { id: string }): Promise<Job> {
  await inTransaction(db, async (tx) => {
    const job = await lockJob(tx, projectId, id);
    if (hasEnded(job)) throw wrongState("This job has already ended.");
    await cancelLocked(tx, projectId, id, job);
  });
  return readJob(db, projectId, id);
}

/** The same for a job that has not ended, whose row the caller has locked. */
export async function cancelLocked(tx: Db, projectId: string, id: string, job: JobState): Promise<void> {
  await tx.job.update({ where: { projectId_id: { projectId, id } }, data: { cancelRequested: true } });
  const underWay = await tx.jobItem.count({
    where: { projectId, jobId: id, status: { in: ["running", "answered"] } },
  });
  if (underWay === 0) await endJob(tx, projectId, id, "cancelled");
  else await enqueueRun(tx, { projectId, jobId: id, outageTries: 0 }, { priority: jobPriority(job) });
  await announceJob(tx, id);
}
