import type pg from "pg";
import { recordAudit } from "@/server/modules/access";
import { dropStoredFiles } from "@/server/modules/records";
import { vectorIndexName } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { enqueue, type TaskContext } from "@/server/platform/queue";
import { execute, rawSql, type Sql, sql } from "@/server/platform/sql";
import { enqueueErasing } from "./erase-task";
import { PROJECT_TABLES, ROOM_TABLES } from "./project-tables";
import { dropTasks, isAtWork, stopWork } from "./stop-work";

/** Rows of one transaction; some 0.1 s. */
const BATCH = 5000;
/** After so many deleted rows a table is vacuumed at once. */
const MANY = 20_000;
const LOOK_AGAIN_MS = 1000;

type EraseContext = Pick<TaskContext, "db" | "pool" | "signal" | "isCurrent">;

/**
 * Deletes the rows of a project that is being deleted, batch by batch, and the project itself at last. It may be
 * killed at any moment and run again: what is left shows what is to be done. Whatever a request that was under way
 * still wrote fails the deletion of what it points at, and the next run begins with it.
 * @param batch rows of one transaction
 */
export async function eraseProject(
  context: EraseContext,
  { projectId }: { projectId: string },
  batch = BATCH,
): Promise<void> {
  const { db } = context;
  const project = await db.project.findUnique({ where: { id: projectId, deletingAt: { not: null } } });
  if (!project) return;
  await inTransaction(db, (tx) => stopWork(tx, projectId));
  if (await isAtWork(db, projectId))
    return enqueueErasing(db, projectId, new Date(Date.now() + LOOK_AGAIN_MS));
  await dropTasks(db, projectId);
  await dropStoredFiles(db, projectId);
  await dropVectorIndexes(context, projectId);
  for (const table of ROOM_TABLES)
    await empty(
      context,
      table,
      batch,
      sql`"room" in (
      select "name" from "CollabRoom" where "projectId" = ${projectId}::uuid)`,
    );
  for (const table of PROJECT_TABLES)
    await empty(context, table, batch, sql`"projectId" = ${projectId}::uuid`);
  await current(context, async (tx) => {
    await tx.project.delete({ where: { id: projectId } });
    await recordAudit(tx, { projectId: null, actorId: null, action: "project.erased", target: projectId });
    await enqueue(tx, "drop-metadata-indexes", {}, { key: "drop-metadata-indexes" });
  });
}

/** Deletes the rows that fit `which` until none is left. */
async function empty(context: EraseContext, table: string, batch: number, which: Sql): Promise<void> {
  const name = rawSql(`"${table}"`);
  let total = 0;
  for (;;) {
    context.signal.throwIfAborted();
    const deleted = await current(context, async (tx) => {
      // The rows of one project lie together in an index; a scan would read the whole table for each batch.
      await execute(
        tx,
        sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
      );
      return execute(
        tx,
        sql`delete from ${name} where ctid = any(array(select ctid from ${name} where ${which} limit ${batch}::int))`,
      );
    });
    total += deleted;
    if (deleted < batch) break;
  }
  if (total >= MANY) await vacuum(context.pool, table);
}

/** Runs `change` in a transaction that commits only while this run has the task. */
function current<T>({ db, isCurrent }: EraseContext, change: (tx: Db) => Promise<T>): Promise<T> {
  return inTransaction(db, async (tx) => {
    if (!(await isCurrent(tx))) throw new Error("The lease was lost.");
    return change(tx);
  });
}

/**
 * Clears the deleted rows away: each row that is deleted later looks for rows that point at it, and would step over all
 * of those again.
 */
const vacuum = (pool: pg.Pool, table: string): Promise<unknown> =>
  pool.query(`vacuum (skip_locked, index_cleanup on) "${table}"`);

async function dropVectorIndexes({ db, pool }: EraseContext, projectId: string): Promise<void> {
  const spaces = await db.vectorSpace.findMany({ where: { projectId }, select: { name: true } });
  for (const { name } of spaces)
    await pool.query(`drop index concurrently if exists "${vectorIndexName({ projectId, name })}"`);
}
