import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

export const noSuchAssignment = () =>
  new AppError("not_found", "There is no such assignment in this project.");

/**
 * Takes a subset, or a share of it, back from a person: they reach its records no more from the next question
 * on. Their labels stay, and so does the share, for whoever takes the withdrawal back.
 * @throws AppError `not_found`
 */
export async function withdrawAssignment(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { count } = await tx.assignment.updateMany({
      where: { projectId, id, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    });
    if (count === 0) throw noSuchAssignment();
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "assignment.withdrawn",
      target: id,
      address,
    });
  });
}
