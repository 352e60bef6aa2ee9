import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { itemsOf } from "./items-of";

/** An item whose request was answered already: by this job for another record, or by an earlier job. */
export type SharedItem = { recordId: string; hash: string };

/** An answer that was committed and not read yet. */
export type CommittedAnswer = {
  recordId: string;
  rawAnswer: string;
  finishReason: string | null;
  /** gzip of JSON. */
  answerTokens: Uint8Array | null;
  servedModel: string | null;
};

type Job = { projectId: string; jobId: string };

/**
 * Gives items the project's kept answer to the same request, where there is one; it costs nothing.
 * @returns the items that got one; the others have to be asked
 */
export function shareAnswers(db: Db, job: Job, items: readonly SharedItem[]): Promise<CommittedAnswer[]> {
  if (items.length === 0) return Promise.resolve([]);
  const recordIds = items.map(({ recordId }) => recordId);
  return queryRows(
    db,
    sql`update "JobItem" i set "status" = 'answered', "cached" = true, "promptHash" = c."requestHash",
        "rawAnswer" = c."rawAnswer", "finishReason" = c."finishReason", "answerTokens" = c."answerTokens",
        "servedModel" = c."servedModel", "promptTokens" = c."promptTokens",
        "completionTokens" = c."completionTokens", "costMicroUsd" = 0, "retryAt" = null,
        "errorKind" = null, "errorMessage" = null, "answeredAt" = now(), "updatedAt" = now()
      from unnest(${recordIds}::uuid[], ${items.map((item) => item.hash)}::text[])
          as wanted("recordId", "hash")
      join "AnswerCache" c on c."projectId" = ${job.projectId}::uuid and c."requestHash" = wanted."hash"
      where ${itemsOf(job, recordIds)} and i."recordId" = wanted."recordId" and i."status" = 'queued'
      returning i."recordId"::text, i."rawAnswer", i."finishReason", i."answerTokens", i."servedModel"`,
  );
}

/** Answers that an earlier run committed and did not come to read, a group at a time. */
export function unreadAnswers(db: Db, { projectId, jobId }: Job, limit: number): Promise<CommittedAnswer[]> {
  return queryRows(
    db,
    sql`select "recordId"::text, "rawAnswer", "finishReason", "answerTokens", "servedModel" from "JobItem"
      where "projectId" = ${projectId}::uuid and "jobId" = ${jobId}::uuid and "status" = 'answered'
      order by "ordinal" limit ${limit}::int`,
  );
}
