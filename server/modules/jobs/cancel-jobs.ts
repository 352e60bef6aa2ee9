import type { Db } from "@/server/platform/db";
import { cancelLocked } from "./cancel-job";
import { hasEnded, lockJob } from "./job-repository";

/** Cancels every job of a project that has not ended, in the transaction of `tx`; nothing else is asked first. */
export async function cancelJobs(tx: Db, projectId: string): Promise<void> {
  const open = await tx.job.findMany({
    where: { projectId, status: { in: ["queued", "running", "paused"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  for (const { id } of open) {
    const job = await lockJob(tx, projectId, id);
    if (!hasEnded(job)) await cancelLocked(tx, projectId, id, job);
  }
}
