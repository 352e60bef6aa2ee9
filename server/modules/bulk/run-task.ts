import type { Db } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";

/** Its handler is in the worker. */
const RUN_BULK = "run-bulk";
/** Tries, some minutes together, after which a run that always ends in an error of the server is given up. */
export const MAX_BULK_ATTEMPTS = 8;

export type RunBulkPayload = { projectId: string; runId: string };

/** Makes a run, or its undo, due when the transaction of `db` commits. */
export async function enqueueBulk(db: Db, payload: RunBulkPayload): Promise<void> {
  await enqueue(db, RUN_BULK, payload, { key: `bulk:${payload.runId}`, maxAttempts: MAX_BULK_ATTEMPTS });
}
