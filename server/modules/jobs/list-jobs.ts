import type { z } from "zod";
import { type ListOf, id as uuid } from "@/contracts/common";
import type { JobSummary, listJobsInput } from "@/contracts/jobs";
import type { Prisma } from "@/prisma/generated/client/client";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readJobs } from "./job-repository";

/** The project's jobs, newest first; the cursor is the id of the last one given. */
export async function listJobs(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor, agentId, createdBy, status, label }: z.infer<typeof listJobsInput>,
): Promise<ListOf<JobSummary>> {
  if (cursor !== undefined && !uuid.safeParse(cursor).success)
    throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const where: Prisma.JobWhereInput = {
    projectId,
    ...(agentId ? { agentVersion: { agentId } } : {}),
    ...(createdBy ? { createdById: createdBy } : {}),
    ...(status ? { status } : {}),
    ...(label ? { labels: { has: label } } : {}),
  };
  const found = await readJobs(db, cursor ? { ...where, id: { lt: cursor } } : where, limit + 1);
  const items = found.slice(0, limit);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: await db.job.count({ where }),
    totalExact: true,
  };
}
