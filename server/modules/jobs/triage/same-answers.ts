import type { ResolveAnswerInput } from "@/contracts/job-triage";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { noSuchJob } from "../job-repository";

/**
 * That a job could not read its answer about a record, for a label of its own.
 * @throws AppError `not_found` for job or item, `conflict` when its answer was read, `invalid` for the label
 */
export async function requireInvalid(
  tx: Db,
  projectId: string,
  { id, recordId, label }: Pick<ResolveAnswerInput, "id" | "recordId" | "label">,
): Promise<void> {
  const job = await tx.job.findUnique({
    where: { projectId_id: { projectId, id } },
    select: { labels: true },
  });
  if (!job) throw noSuchJob();
  const item = await tx.jobItem.findUnique({
    where: { projectId_jobId_recordId: { projectId, jobId: id, recordId } },
    select: { status: true },
  });
  if (!item) throw new AppError("not_found", "This record is not one of the job.");
  if (item.status !== "invalid")
    throw new AppError("conflict", "Only an answer that could not be read can be resolved.");
  if (!job.labels.includes(label))
    throw wrong("label", `is not a label of the job, which has: ${job.labels.join(", ")}`);
}

/** The other records of the job with the same answer that could not be read. */
export async function sameAnswers(
  tx: Db,
  projectId: string,
  jobId: string,
  recordId: string,
): Promise<string[]> {
  const rows = await queryRows<{ recordId: string }>(
    tx,
    sql`select i."recordId"::text from "JobItem" i
      join "JobItem" one on one."projectId" = i."projectId" and one."jobId" = i."jobId"
        and one."recordId" = ${recordId}::uuid
      where i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and i."status" = 'invalid'
        and i."recordId" <> one."recordId" and i."rawAnswer" = one."rawAnswer"
      order by i."ordinal"`,
  );
  return rows.map((row) => row.recordId);
}

/** A field that is wrong in what the caller sent. @param path of the field, which begins the message */
export const wrong = (path: string, message: string) =>
  new AppError("invalid", `${path} ${message}.`, { errors: [{ path, message }] });
