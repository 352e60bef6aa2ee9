import type { Db } from "@/server/platform/db";
import type { JobRun } from "./load-job-run";
import { unreadAnswers } from "./share-answers";
import { asCommitted, writeLabels } from "./write-labels";

/** Answers read in one transaction. */
export const READ_GROUP = 400;

/** Reads what an earlier run committed and did not come to read. */
export async function readLeftOvers(db: Db, run: JobRun): Promise<void> {
  for (;;) {
    const answers = await unreadAnswers(db, run, READ_GROUP);
    if (answers.length === 0) return;
    await writeLabels(db, run, answers.map(asCommitted));
  }
}
