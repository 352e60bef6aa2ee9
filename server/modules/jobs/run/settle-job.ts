import { Prisma } from "@/prisma/generated/client/client";
import { type Db, inTransaction } from "@/server/platform/db";
import { endJob } from "../end-job";
import { announceJob } from "../job-events";
import { lockJob } from "../job-repository";
import { enqueueRun, jobPriority } from "../run-job-task";
import { countOpenItems } from "./due-items";
import type { StopReason } from "./stop-reason";

export type SettleOptions = {
  projectId: string;
  jobId: string;
  /** Whether this run still has the lease, until the commit. */
  isCurrent(tx: Db): Promise<boolean>;
};

/** Says that the job is under way: it has begun, or the provider is back. */
export async function markRunning(db: Db, { projectId, jobId }: SettleOptions): Promise<void> {
  const { count } = await db.job.updateMany({
    where: {
      projectId,
      id: jobId,
      cancelRequested: false,
      OR: [{ status: "queued" }, { status: "paused", pausedReason: "provider_outage" }],
    },
    data: { status: "running", pausedReason: null, error: Prisma.DbNull },
  });
  await db.job.updateMany({
    where: { projectId, id: jobId, startedAt: null },
    data: { startedAt: new Date() },
  });
  if (count > 0) await announceJob(db, jobId);
}

export type Settled = "settled" | "more-to-do";

/**
 * Writes how a run ended: paused or failed for `reason`, cancelled, or succeeded when nothing is left.
 * @param outage when and as the how-manieth try a provider that is down is tried again
 */
export function settleJob(
  db: Db,
  options: SettleOptions,
  reason: StopReason | null,
  outage: { tries: number; at: Date },
): Promise<Settled> {
  const { projectId, jobId, isCurrent } = options;
  return inTransaction(db, async (tx) => {
    const job = await lockJob(tx, projectId, jobId);
    const { status, pausedReason, cancelRequested } = job;
    if (!(await isCurrent(tx))) throw new Error("The lease was lost.");
    const active = status === "running" || (status === "paused" && pausedReason === "provider_outage");
    if (cancelRequested) await endJob(tx, projectId, jobId, "cancelled");
    else if (!active) return "settled";
    else if (reason?.kind === "fail") await endJob(tx, projectId, jobId, "failed", reason.error);
    else if (reason) await pause(tx, options, reason, { ...outage, priority: jobPriority(job) });
    else if ((await countOpenItems(tx, options)) > 0) return "more-to-do";
    else await endJob(tx, projectId, jobId, "succeeded");
    await announceJob(tx, jobId);
    return "settled";
  });
}

/** Pauses for a reason of its own; an outage is tried again by itself. */
export async function pause(
  tx: Db,
  { projectId, jobId }: SettleOptions,
  { reason, error }: Extract<StopReason, { kind: "pause" }>,
  outage: { tries: number; at: Date; priority: number },
): Promise<void> {
  await tx.job.update({ where: { id: jobId }, data: { status: "paused", pausedReason: reason, error } });
  if (reason === "provider_outage")
    await enqueueRun(
      tx,
      { projectId, jobId, outageTries: outage.tries },
      { runAt: outage.at, priority: outage.priority },
    );
}
