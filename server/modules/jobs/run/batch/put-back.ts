import { writeFailures } from "../write-failures";
import type { BatchContext } from "./batch-context";
import { someOpenCalls } from "./job-batches";

const GROUP = 1000;

/** The items of a batch that was not asked are as if they had never been in it. */
export async function putBack({ db, run }: BatchContext, batchId: string, message: string): Promise<void> {
  for (;;) {
    const calls = await someOpenCalls(db, batchId, GROUP);
    if (calls.length === 0) return;
    const next = "put-back" as const;
    await writeFailures(
      db,
      run,
      calls.map(({ attemptId, recordId }) => ({ attemptId, recordId, kind: "not_asked", message, next })),
    );
  }
}
