import type { Db } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";

const RUN_JOB = "run-job";
/** A job is run by one worker at a time: its task has one key. */
export const runJobKey = (jobId: string): string => `${RUN_JOB}:${jobId}`;

export type RunJobPayload = {
  projectId: string;
  jobId: string;
  /** Vain tries since the provider went down. */
  outageTries: number;
};

/** A job of so few items is one that somebody waits for. */
const SMALL = 100;

/** Small jobs go first, in the queue and at the provider: a trial never waits behind 100,000 records. */
export const jobPriority = ({ total }: { total: number }): number => (total <= SMALL ? 1 : 0);

export type RunOptions = { priority: number; runAt?: Date };

/** Makes the job's run due now, or at `runAt`, when the transaction of `db` commits. */
export async function enqueueRun(db: Db, payload: RunJobPayload, options: RunOptions): Promise<void> {
  await enqueue(db, RUN_JOB, payload, { key: runJobKey(payload.jobId), ...options });
}
