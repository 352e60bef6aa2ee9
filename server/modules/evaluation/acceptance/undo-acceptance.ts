import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/**
 * Takes an acceptance back: its labels are votes again in what is made from now on. It stays to be read; snapshots that
 * were made with it do not change. One that is undone already stays so.
 * @throws AppError `not_found`
 */
export async function undoAcceptance(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<void> {
  requireScope(actor, "aggregation:write");
  const { projectId, userId, address } = actor;
  await inTransaction(db, async (tx) => {
    const { count } = await tx.acceptance.updateMany({
      where: { projectId, id, undoneAt: null },
      data: { undoneAt: new Date(), undoneById: userId },
    });
    const found = await tx.acceptance.findFirst({
      where: { projectId, id },
      select: { labelName: true, accepted: true },
    });
    if (!found) throw new AppError("not_found", "There are no accepted labels with this id.");
    if (count === 0) return;
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "labels.acceptance_undone",
      target: id,
      details: { label: found.labelName, labels: found.accepted },
      address,
    });
  });
}
