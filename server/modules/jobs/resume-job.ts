import type { z } from "zod";
import type { Job, resumeJobInput } from "@/contracts/jobs";
import { Prisma } from "@/prisma/generated/client/client";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { announceJob } from "./job-events";
import { renewedKey } from "./job-key";
import { lockJob, readJob, wrongState } from "./job-repository";
import { enqueueRun, jobPriority } from "./run-job-task";

const MICRO = 1_000_000;

/**
 * Goes on with a paused job, with another key or cap if one is given.
 * @throws AppError `conflict` when it isn't paused
 */
export async function resumeJob(
  db: Db,
  { projectId }: ProjectActor,
  { id, apiKey, spendCapUsd }: z.infer<typeof resumeJobInput>,
): Promise<Job> {
  await inTransaction(db, async (tx) => {
    const job = await lockJob(tx, projectId, id);
    const { status, cancelRequested, startedAt } = job;
    if (status !== "paused" || cancelRequested) throw wrongState("Only a paused job can be resumed.");
    await tx.job.update({
      where: { projectId_id: { projectId, id } },
      data: {
        status: startedAt === null ? "queued" : "running",
        pausedReason: null,
        error: Prisma.DbNull,
        ...(await renewedKey(tx, projectId, { id, apiKey })),
        ...(spendCapUsd === undefined ? {} : { spendCapMicroUsd: BigInt(Math.round(spendCapUsd * MICRO)) }),
      },
    });
    await enqueueRun(tx, { projectId, jobId: id, outageTries: 0 }, { priority: jobPriority(job) });
    await announceJob(tx, id);
  });
  return readJob(db, projectId, id);
}
