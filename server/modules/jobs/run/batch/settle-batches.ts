import { Prisma } from "@/prisma/generated/client/client";
import { type Db, inTransaction } from "@/server/platform/db";
import type { LlmError } from "@/server/platform/llm";
import { endJob } from "../../end-job";
import { announceJob } from "../../job-events";
import { lockJob } from "../../job-repository";
import { enqueueRun, jobPriority } from "../../run-job-task";
import { countOpenItems } from "../due-items";
import { pause, type SettleOptions } from "../settle-job";
import type { StopReason } from "../stop-reason";
import { openBatches } from "./job-batches";

export type LookedAt = {
  reason: StopReason | null;
  /** Why the provider takes no more for now. */
  held: LlmError | null;
  /** It looked at a job that was stopped; else a person who stops it meanwhile makes it look again at once. */
  halted: boolean;
  /** When the job looks again, if there is anything to wait for. */
  at: Date;
  /** When it looks again during an outage, and for the how-manieth time. */
  outage: { tries: number; at: Date };
};

/**
 * Writes how a look at the job's batches ended, and gives the job's place free until the next one: what is at the
 * provider is a row, and the next look a delayed task.
 */
export function settleBatches(
  db: Db,
  options: SettleOptions,
  { reason, held, halted, at, outage }: LookedAt,
): Promise<void> {
  const { projectId, jobId, isCurrent } = options;
  return inTransaction(db, async (tx): Promise<void> => {
    const job = await lockJob(tx, projectId, jobId);
    if (!(await isCurrent(tx))) throw new Error("The lease was lost.");
    const { status, pausedReason, cancelRequested } = job;
    const priority = jobPriority(job);
    const open = await openBatches(tx, options);
    const active = status === "running" || (status === "paused" && pausedReason === "provider_outage");
    const isOutage = reason?.kind === "pause" && reason.reason === "provider_outage";
    const lookAgain = (runAt: Date, outageTries = 0) =>
      enqueueRun(tx, { projectId, jobId, outageTries }, { runAt, priority });
    if (cancelRequested || !active) {
      if (open.length > 0 && isOutage) return lookAgain(outage.at, outage.tries);
      if (open.length > 0 && (reason === null || cancelRequested)) return lookAgain(halted ? at : new Date());
      if (!cancelRequested) return;
      await endJob(tx, projectId, jobId, "cancelled");
    } else if (reason?.kind === "fail") await endJob(tx, projectId, jobId, "failed", reason.error);
    else if (reason) await pause(tx, options, reason, { ...outage, priority });
    else if ((await countOpenItems(tx, options)) > 0) {
      await lookAgain(at);
      if (!(await noteHeld(tx, jobId, held))) return;
    } else await endJob(tx, projectId, jobId, "succeeded");
    await announceJob(tx, jobId);
  });
}

/** Shows why the provider takes nothing for now, or that it does again. @returns whether that is news */
async function noteHeld(tx: Db, id: string, held: LlmError | null): Promise<boolean> {
  if (held) {
    const { kind, message } = held;
    await tx.job.update({ where: { id }, data: { error: { kind, message } } });
    return true;
  }
  const { count } = await tx.job.updateMany({
    where: { id, error: { not: Prisma.AnyNull } },
    data: { error: Prisma.DbNull },
  });
  return count > 0;
}
