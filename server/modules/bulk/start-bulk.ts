import { type BulkRun, bulkActionScopes } from "@/contracts/bulk";
import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { checkAction } from "./actions";
import { readRun } from "./bulk-repository";
import { announceBulk } from "./bulk-topic";
import { forgetOldRuns } from "./forget-old";
import { freezeSet, type StartBulkInput } from "./freeze-set";
import { enqueueBulk } from "./run-task";

/** Freezing a million records takes longer than an ordinary write. */
const FREEZE_TIMEOUT = 120_000;
/** Runs of a project that may wait or be under way at once. */
const MAX_UNDER_WAY = 10;

/**
 * Starts an action on many records: the set is frozen as the actor sees it now, and worked through in the
 * background.
 * @throws AppError `forbidden`, `invalid_query`, `invalid`, `invalid_value`, `not_found`, `no_records`; `too_many_runs` (409)
 */
export async function startBulk(db: Db, actor: ProjectActor, input: StartBulkInput): Promise<BulkRun> {
  const { projectId, userId, address } = actor;
  const { action, query } = input;
  requireScope(actor, bulkActionScopes[action.type]);
  const id = newId();
  await inTransaction(
    db,
    async (tx) => {
      await checkAction(tx, actor, action);
      await refuseTooMany(tx, projectId);
      await forgetOldRuns(tx, projectId);
      await tx.bulkRun.create({
        data: { id, projectId, action, createdById: userId, ...(query === undefined ? {} : { query }) },
      });
      const total = await freezeSet(tx, actor, id, input);
      await tx.bulkRun.update({ where: { id }, data: { total } });
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "bulk.started",
        target: id,
        details: {
          action: action.type,
          records: total,
          ...("name" in action ? { name: action.name } : {}),
          ...("subsetId" in action ? { subset: action.subsetId } : {}),
        },
        address,
      });
      await enqueueBulk(tx, { projectId, runId: id });
      await announceBulk(tx, projectId);
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
  return readRun(db, actor, id);
}

async function refuseTooMany(tx: Db, projectId: string): Promise<void> {
  const underWay = await tx.bulkRun.count({
    where: { projectId, status: { in: ["queued", "running", "undoing"] } },
  });
  if (underWay >= MAX_UNDER_WAY)
    throw new AppError(
      "too_many_runs",
      `${underWay} bulk actions of this project are under way. Wait for one to end, or cancel one.`,
      { status: 409 },
    );
}
