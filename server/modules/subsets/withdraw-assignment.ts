import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** Takes a subset back from a person. Their labels stay. @throws AppError `not_found` */
export async function withdrawAssignment(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  const { count } = await db.assignment.updateMany({
    where: { projectId, id, withdrawnAt: null },
    data: { withdrawnAt: new Date() },
  });
  if (count === 0) throw new AppError("not_found", "There is no such assignment in this project.");
}
