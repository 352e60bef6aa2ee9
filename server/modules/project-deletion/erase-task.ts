import type { Db } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";

/** Its handler is in the worker. */
export const ERASE_PROJECT = "erase-project";
/** With the queue's longest pause between them, tries for some days: a database that is down so long is looked at. */
const MAX_ATTEMPTS = 1000;

/** Has a worker delete the rows of a project, when the transaction of `db` commits, or at `runAt`. */
export async function enqueueErasing(db: Db, projectId: string, runAt?: Date): Promise<void> {
  await enqueue(
    db,
    ERASE_PROJECT,
    { projectId },
    { key: `${ERASE_PROJECT}:${projectId}`, maxAttempts: MAX_ATTEMPTS, ...(runAt ? { runAt } : {}) },
  );
}
