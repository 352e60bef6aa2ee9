import type { Db } from "@/server/platform/db";
import { cancelLocked } from "./cancel-job";
import { hasEnded, type JobState, lockJob } from "./job-repository";

/** Cancels every job of a project that has not ended, in the transaction of `tx`; nothing else is asked first. */
export async function cancelJobs(tx: Db, projectId: string): Promise<void> {
  const open = await tx.job.findMany({
    where: { projectId, status: { in: ["queued", "running", "paused"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  // All before the first is ended, which takes their project: a call that begins holds a job and waits for that.
  const locked: { id: string; job: JobState }[] = [];
  for (const { id } of open) locked.push({ id, job: await lockJob(tx, projectId, id) });
  for (const { id, job } of locked) if (!hasEnded(job)) await cancelLocked(tx, projectId, id, job);
}
