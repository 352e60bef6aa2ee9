import { type BulkAction, type BulkStatus, bulkAction, bulkActionScopes } from "@/contracts/bulk";
import { actingMember, type ProjectActor } from "@/server/modules/access";
import type { ChangedRecord, SkipCounts } from "@/server/modules/records";
import type { Db } from "@/server/platform/db";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { applyAction, checkAction, revertAction } from "./actions";
import { announceBulk } from "./bulk-topic";
import type { RunBulkPayload } from "./run-task";

type Run = {
  status: BulkStatus;
  action: BulkAction;
  /** Who is acting: who started it, or who is taking it back. */
  byId: string;
  nextBatch: number;
  cancelled: boolean;
  skipped: SkipCounts;
  undoSkipped: SkipCounts;
};

/**
 * Does the next batch of a run, or takes the next one back, or ends the run when there is none.
 * @returns whether there is more to do
 * @throws AppError when it can't go on: the person may no longer do this, the label or subset is gone
 */
export async function doNext(
  tx: Db,
  payload: RunBulkPayload,
  isCurrent: (tx: Db) => Promise<boolean>,
): Promise<boolean> {
  const { projectId } = payload;
  const run = await lockForWork(tx, payload);
  if (!run) return false;
  if (!(await isCurrent(tx))) throw new Error("Another worker has taken the run.");
  // Two runs of one project take turns, so that they never wait for each other's records in a circle.
  await queryRows(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended('bulk:' || ${projectId}::text, 0))::text as "lock"`,
  );
  const more =
    run.status === "undoing" ? await takeBackBatch(tx, payload, run) : await doBatch(tx, payload, run);
  await announceBulk(tx, projectId);
  return more;
}

async function lockForWork(tx: Db, { projectId, runId }: RunBulkPayload): Promise<Run | null> {
  const [row] = await queryRows<Run>(
    tx,
    sql`select b."status"::text as "status", b."action", b."nextBatch", b."skipped", b."undoSkipped",
        b."cancelRequestedAt" is not null as "cancelled",
        case when b."status" = 'undoing' then b."undoneById" else b."createdById" end as "byId"
      from "BulkRun" b where b."projectId" = ${projectId}::uuid and b."id" = ${runId}::uuid
        and b."status" in ('queued', 'running', 'undoing') for update`,
  );
  return row ? { ...row, action: bulkAction.parse(row.action) } : null;
}

async function doBatch(tx: Db, payload: RunBulkPayload, run: Run): Promise<boolean> {
  const { projectId, runId } = payload;
  const batch = run.cancelled ? null : await readBatch(tx, payload, run.nextBatch);
  if (!batch) {
    await tx.bulkRun.update({
      where: { id: runId },
      data: { status: run.cancelled ? "cancelled" : "succeeded", finishedAt: new Date() },
    });
    return false;
  }
  const actor = await actorOf(tx, projectId, run);
  await checkAction(tx, actor, run.action);
  const { changed, skipped } = await applyAction(tx, actor, run.action, batch.recordIds);
  await execute(
    tx,
    sql`update "BulkBatch" set "changedAt" = now(), "changedIds" = ${changed.map(({ id }) => id)}::uuid[],
        "befores" = ${changed.map(({ before }) => before)}::text[]::jsonb[]
      where "projectId" = ${projectId}::uuid and "runId" = ${runId}::uuid and "number" = ${run.nextBatch}::int`,
  );
  await tx.bulkRun.update({
    where: { id: runId },
    data: {
      status: "running",
      nextBatch: run.nextBatch + 1,
      done: { increment: batch.recordIds.length },
      changed: { increment: changed.length },
      skipped: addCounts(run.skipped, skipped),
    },
  });
  return true;
}

async function takeBackBatch(tx: Db, payload: RunBulkPayload, run: Run): Promise<boolean> {
  const { projectId, runId } = payload;
  const number = run.nextBatch - 1;
  const batch = await readBatch(tx, payload, number);
  if (!batch) {
    await tx.bulkBatch.deleteMany({ where: { projectId, runId } });
    const now = new Date();
    await tx.bulkRun.update({
      where: { id: runId },
      data: { status: "undone", undoFinishedAt: now, forgottenAt: now },
    });
    return false;
  }
  const actor = await actorOf(tx, projectId, run);
  // Of an erased record it is no longer known what it was.
  const items = batch.items.filter(({ before }) => before !== ERASED);
  const { restored, skipped } = await revertAction(tx, actor, run.action, {
    items,
    changedAt: batch.changedAt,
  });
  await tx.bulkRun.update({
    where: { id: runId },
    data: {
      nextBatch: number,
      undoDone: { increment: batch.items.length },
      restored: { increment: restored },
      undoSkipped: addCounts(run.undoSkipped, skipped, { erased: batch.items.length - items.length }),
    },
  });
  return true;
}

const ERASED = "null";

type Batch = { recordIds: string[]; changedAt: Date; items: ChangedRecord[] };

async function readBatch(
  tx: Db,
  { projectId, runId }: RunBulkPayload,
  number: number,
): Promise<Batch | null> {
  const [row] = await queryRows<{
    recordIds: string[];
    changedAt: Date | null;
    changedIds: string[];
    befores: string[];
  }>(
    tx,
    sql`select t."recordIds"::text[], t."changedAt", t."changedIds"::text[], t."befores"::text[] from "BulkBatch" t
      where t."projectId" = ${projectId}::uuid and t."runId" = ${runId}::uuid and t."number" = ${number}::int`,
  );
  if (!row) return null;
  return {
    recordIds: row.recordIds,
    changedAt: row.changedAt ?? new Date(0),
    items: row.changedIds.map((id, at) => ({ id, before: row.befores[at] ?? ERASED })),
  };
}

/** The person as they are now: whoever was removed, or lost the right, acts no longer. */
const actorOf = (tx: Db, projectId: string, { byId, action }: Run): Promise<ProjectActor> =>
  actingMember(tx, projectId, byId, bulkActionScopes[action.type]);

const addCounts = (...counts: SkipCounts[]): SkipCounts => {
  const sum = new Map<string, number>();
  for (const [reason, count] of counts.flatMap((one) => Object.entries(one)))
    sum.set(reason, (sum.get(reason) ?? 0) + count);
  return Object.fromEntries([...sum].filter(([, count]) => count > 0));
};
