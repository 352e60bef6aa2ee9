import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/** Where a job's changes are told: progress, and what a person asked of it. */
export const jobTopic = (jobId: string): string => `job:${jobId}`;

const PROGRESS = "progress";

/** Tells whoever watches or runs the job that its state has changed: read its rows again, now. */
export const announceJob = (db: Db, jobId: string): Promise<void> => publish(db, jobTopic(jobId));

/** Tells whoever watches the job that more of it is done; there will be another such event soon. */
export const announceProgress = (db: Db, jobId: string): Promise<void> =>
  publish(db, jobTopic(jobId), PROGRESS);

/** Whether an event on a job's topic only says that the run goes on. */
export const isProgress = (payload: unknown): boolean => payload === PROGRESS;
