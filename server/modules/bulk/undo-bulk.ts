import { type BulkRun, bulkActionScopes } from "@/contracts/bulk";
import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { isOwnLabels } from "./actions";
import { isUnderWay, readRun } from "./bulk-repository";
import { announceBulk } from "./bulk-topic";
import { KEPT_DAYS } from "./forget-old";
import { lockRun } from "./lock-run";
import { enqueueBulk } from "./run-task";

/**
 * Takes an ended action back, in the background: every record becomes what it was before, but for those that
 * somebody changed since, which are counted. Labels are taken back by the person whose they are.
 * @throws AppError `not_found`, `forbidden`, `conflict` while it runs, `not_undoable` (409)
 */
export async function undoBulk(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<BulkRun> {
  const { projectId, userId, address } = actor;
  return inTransaction(db, async (tx) => {
    await lockRun(tx, projectId, id);
    const run = await readRun(tx, actor, id);
    requireScope(actor, bulkActionScopes[run.action.type]);
    if (isOwnLabels(run.action) && run.createdBy.id !== userId)
      throw new AppError(
        "forbidden",
        `These are the labels of ${run.createdBy.name}, who alone takes them back.`,
      );
    if (!run.undoable) throw notUndoable(run);
    await tx.bulkRun.update({
      where: { projectId_id: { projectId, id } },
      data: { status: "undoing", undoneById: userId, undoStartedAt: new Date(), undoFinishedAt: null },
    });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "bulk.undone",
      target: id,
      details: { action: run.action.type, records: run.changed },
      address,
    });
    await enqueueBulk(tx, { projectId, runId: id });
    await announceBulk(tx, projectId);
    return readRun(tx, actor, id);
  });
}

function notUndoable({ status, changed, undo }: BulkRun): AppError {
  if (isUnderWay(status))
    return new AppError("conflict", "This action is under way. Cancel it, or wait until it has ended.");
  const refuse = (why: string) => new AppError("not_undoable", why, { status: 409 });
  if (status === "undone") return refuse("This action has been taken back already.");
  if (changed === (undo?.done ?? 0))
    return refuse("This action changed nothing, so there is nothing to take back.");
  return refuse(`What was there before is kept for ${KEPT_DAYS} days, and no longer there for this action.`);
}
