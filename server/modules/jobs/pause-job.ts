import type { Job } from "@/contracts/jobs";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { announceJob } from "./job-events";
import { hasEnded, lockJob, readJob, wrongState } from "./job-repository";
import { enqueueRun, jobPriority } from "./run-job-task";

/**
 * Pauses a job: no call starts after this commits, since a call's own row is written under the job's lock;
 * calls under way are finished and kept, and batches are cancelled at the provider.
 * @throws AppError `conflict` when it has ended
 */
export async function pauseJob(db: Db, { projectId }: ProjectActor, { id }: { id: string }): Promise<Job> {
  await inTransaction(db, async (tx) => {
    const job = await lockJob(tx, projectId, id);
    const { status, cancelRequested } = job;
    if (hasEnded({ status }) || cancelRequested)
      throw wrongState("Only a job that is under way can be paused.");
    // Also what paused itself stays paused now, instead of trying the provider again.
    await tx.job.update({
      where: { projectId_id: { projectId, id } },
      data: { status: "paused", pausedReason: "person" },
    });
    // What is at the provider is cancelled there.
    if (job.mode === "batch")
      await enqueueRun(tx, { projectId, jobId: id, outageTries: 0 }, { priority: jobPriority(job) });
    await announceJob(tx, id);
  });
  return readJob(db, projectId, id);
}
