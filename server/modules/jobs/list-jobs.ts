import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { JobSummary, listJobsInput } from "@/contracts/jobs";
import type { Prisma } from "@/prisma/generated/client/client";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { readJobs } from "./job-repository";

/** The project's jobs, newest first. */
export async function listJobs(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor, agentId, createdBy, status, label }: z.infer<typeof listJobsInput>,
): Promise<ListOf<JobSummary>> {
  const where: Prisma.JobWhereInput = {
    projectId,
    ...(agentId ? { agentVersion: { agentId } } : {}),
    ...(createdBy ? { createdById: createdBy } : {}),
    ...(status ? { status } : {}),
    ...(label ? { labels: { has: label } } : {}),
  };
  return pageById({
    limit,
    cursor,
    read: (before, count) => readJobs(db, before === null ? where : { ...where, id: { lt: before } }, count),
    count: () => db.job.count({ where }),
  });
}
