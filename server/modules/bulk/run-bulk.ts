import type { BulkRun } from "@/contracts/bulk";
import { type Db, inTransaction } from "@/server/platform/db";
import { isAppError } from "@/server/platform/errors";
import { announceBulk } from "./bulk-topic";
import { doNext } from "./do-next";
import { MAX_BULK_ATTEMPTS, type RunBulkPayload } from "./run-task";

type RunBulkContext = {
  db: Db;
  /** Aborted when the worker stops; looked at between batches. */
  signal: AbortSignal;
  /** 1 at the first run. */
  attempt: number;
  /** Whether this run still owns the task, within `tx` until the commit. */
  isCurrent(tx: Db): Promise<boolean>;
};

/** A batch is some thousand rows, so this is ample. */
const BATCH_TIMEOUT = 120_000;

/**
 * Works a run, or its undo, through batch by batch. Each batch is one transaction with its progress, so after a
 * kill the next worker goes on with the first batch that did not commit, and nothing is done twice. Does nothing
 * to a run that has ended.
 */
export async function runBulk(context: RunBulkContext, payload: RunBulkPayload): Promise<void> {
  const { db, signal, attempt, isCurrent } = context;
  try {
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await inTransaction(db, (tx) => doNext(tx, payload, isCurrent), { timeoutMs: BATCH_TIMEOUT });
    }
  } catch (error) {
    if (signal.aborted) throw error;
    if (isAppError(error))
      await failRun(db, payload, {
        code: error.code,
        detail: error.message,
        ...(error.errors ? { errors: error.errors } : {}),
      });
    else if (attempt >= MAX_BULK_ATTEMPTS) await failRun(db, payload, SERVER_ERROR);
    else throw error;
  }
}

const SERVER_ERROR = {
  code: "internal",
  detail:
    "The action stopped because of an error of the server. What was done until then stays, and can be undone.",
};

/** Ends a run whose worker was killed once too often, as one that failed; what was done until then stays. */
export const giveUpBulk = (db: Db, payload: RunBulkPayload): Promise<void> =>
  failRun(db, payload, SERVER_ERROR);

async function failRun(db: Db, { projectId, runId }: RunBulkPayload, error: BulkRun["error"]): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.bulkRun.updateMany({
      where: { projectId, id: runId, status: { in: ["queued", "running", "undoing"] } },
      data: { status: "failed", error: error ?? undefined, finishedAt: new Date() },
    });
    await announceBulk(tx, projectId);
  });
}
