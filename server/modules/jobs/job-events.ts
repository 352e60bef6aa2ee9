import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/** Where a job's changes are told: progress, and what a person asked of it. */
export const jobTopic = (jobId: string): string => `job:${jobId}`;

/** Tells whoever watches or runs the job to read its rows again. */
export const announceJob = (db: Db, jobId: string): Promise<void> => publish(db, jobTopic(jobId));
