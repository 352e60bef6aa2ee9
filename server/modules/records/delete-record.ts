import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/**
 * Takes a record out of every query. Its labels, verdicts and costs stay.
 * @throws AppError `not_found`
 */
export async function deleteRecord(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  const { count } = await db.record.updateMany({
    where: { projectId, id, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  if (count === 0) throw new AppError("not_found", "There is no such record in this project.");
}
