import type { Job } from "@/contracts/jobs";
import type { Prisma } from "@/prisma/generated/client/client";
import { namesOf } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { presentJob, type ShownJobRow, shownJob } from "./report/present-job";

/** One job with its report. @throws AppError `not_found` */
export async function readJob(db: Db, projectId: string, id: string): Promise<Job> {
  const row = await db.job.findUnique({ where: { projectId_id: { projectId, id } }, include: shownJob });
  if (!row) throw noSuchJob();
  const [job] = await presentJobs(db, [row]);
  if (!job) throw noSuchJob();
  return job;
}

/** Jobs of a project that fit `where`, newest first. */
export async function readJobs(db: Db, where: Prisma.JobWhereInput, limit: number): Promise<Job[]> {
  const rows = await db.job.findMany({ where, orderBy: { id: "desc" }, take: limit, include: shownJob });
  return presentJobs(db, rows);
}

async function presentJobs(db: Db, rows: ShownJobRow[]): Promise<Job[]> {
  const names = await namesOf(
    db,
    rows.map(({ createdById }) => createdById),
  );
  const subsets = await subsetNames(db, rows);
  return Promise.all(
    rows.map((row) =>
      presentJob(db, row, {
        createdBy: names.get(row.createdById) ?? "",
        subset: subsets.get(row.subsetId ?? "") ?? null,
      }),
    ),
  );
}

/** By id; those that were deleted since too. */
async function subsetNames(db: Db, rows: readonly ShownJobRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ subsetId }) => subsetId ?? []);
  if (ids.length === 0) return new Map();
  const projectIds = [...new Set(rows.map(({ projectId }) => projectId))];
  const found = await db.subset.findMany({
    where: { projectId: { in: projectIds }, id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** What a person who changes a job decides by. */
export type JobState = Pick<
  ShownJobRow,
  "mode" | "status" | "pausedReason" | "cancelRequested" | "startedAt" | "total"
>;

/** A job's state, its row locked until the transaction ends. @throws AppError `not_found` */
export async function lockJob(tx: Db, projectId: string, id: string): Promise<JobState> {
  await tx.$queryRaw`select 1 as found from "Job" where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid for no key update`;
  const row = await tx.job.findUnique({
    where: { projectId_id: { projectId, id } },
    select: {
      mode: true,
      status: true,
      pausedReason: true,
      cancelRequested: true,
      startedAt: true,
      total: true,
    },
  });
  if (!row) throw noSuchJob();
  return row;
}

/** Whether a job in this state changes no more, unless somebody has its failed calls tried again. */
export const hasEnded = ({ status }: Pick<Job, "status">): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

/** A change that the job's state does not allow. */
export const wrongState = (message: string): AppError => new AppError("conflict", message);

export const noSuchJob = () => new AppError("not_found", "There is no such job in this project.");
