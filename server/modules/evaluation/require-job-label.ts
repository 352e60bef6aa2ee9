import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/**
 * Checks that a job of the project was asked for a label.
 * @returns the version of the label schema that the job froze
 * @throws AppError `invalid` at `jobId` or `label`
 */
export async function requireJobLabel(
  db: Db,
  projectId: string,
  { jobId, label }: { jobId: string; label: string },
): Promise<number> {
  const job = await db.job.findFirst({
    where: { projectId, id: jobId },
    select: { labels: true, schema: { select: { version: true } } },
  });
  if (!job) throw refusal("jobId", "is no job of this project");
  if (!job.labels.includes(label))
    throw refusal("label", `is none of the job's labels; they are: ${job.labels.join(", ")}`);
  return job.schema.version;
}

const refusal = (path: string, message: string): AppError =>
  new AppError("invalid", `${path} ${message}.`, { errors: [{ path, message }] });
