import { type BulkRun, bulkActionScopes } from "@/contracts/bulk";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readRun } from "./bulk-repository";
import { announceBulk } from "./bulk-topic";
import { lockRun } from "./lock-run";

/**
 * Stops an action between two batches: what was done until then stays, and can be taken back. One that has not
 * begun ends at once; cancelling twice is the same as once.
 * @throws AppError `not_found`, `forbidden`, `conflict` when it has ended or is being taken back
 */
export async function cancelBulk(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<BulkRun> {
  const { projectId } = actor;
  return inTransaction(db, async (tx) => {
    await lockRun(tx, projectId, id);
    const { status, action } = await readRun(tx, actor, id);
    requireScope(actor, bulkActionScopes[action.type]);
    if (status === "undoing") throw conflict("This action is being taken back, which can't be stopped.");
    if (status !== "queued" && status !== "running") throw conflict("This action has already ended.");
    const now = new Date();
    await tx.bulkRun.update({
      where: { projectId_id: { projectId, id } },
      data: {
        cancelRequestedAt: now,
        ...(status === "queued" ? { status: "cancelled", finishedAt: now } : {}),
      },
    });
    await announceBulk(tx, projectId);
    return readRun(tx, actor, id);
  });
}

const conflict = (message: string) => new AppError("conflict", message);
