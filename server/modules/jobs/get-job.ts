import type { Job } from "@/contracts/jobs";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readJob } from "./job-repository";

/** One job with its report. @throws AppError `not_found` */
export function getJob(db: Db, { projectId }: ProjectActor, { id }: { id: string }): Promise<Job> {
  return readJob(db, projectId, id);
}
