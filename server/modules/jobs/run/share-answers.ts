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

/** `isLast`: the record has all the answers that it needs. */
type SharedAnswer = CommittedAnswer & { isLast: boolean };

type Job = { projectId: string; jobId: string };

/**
 * Gives items the project's kept answer to the same request, where there is one; it costs nothing.
 * @returns the items that got one; the others have to be asked
 */
export function shareAnswers(
  db: Db,
  job: Job & { samples: number },
  items: readonly SharedItem[],
): Promise<SharedAnswer[]> {
  if (items.length === 0) return Promise.resolve([]);
  const recordIds = items.map(({ recordId }) => recordId);
  return queryRows(
    db,
    sql`with shared as (
      update "JobItem" i set "promptHash" = c."requestHash",
        "status" = case when i."sampled" + 1 >= ${job.samples}::int then 'answered' else 'queued' end::"JobItemStatus",
        "answeredAt" = case when i."sampled" + 1 >= ${job.samples}::int then now() end,
        "rawAnswer" = c."rawAnswer", "finishReason" = c."finishReason", "answerTokens" = c."answerTokens",
        "servedModel" = c."servedModel", "sampled" = i."sampled" + 1, "cached" = i."sampled" = 0 or i."cached",
        "promptTokens" = case when i."sampled" = 0 then c."promptTokens" else i."promptTokens" end,
        "completionTokens" = case when i."sampled" = 0 then c."completionTokens" else i."completionTokens" end,
        "costMicroUsd" = case when i."sampled" = 0 then 0 else i."costMicroUsd" end, "retryAt" = null,
        "errorKind" = null, "errorMessage" = null, "updatedAt" = now()
      from unnest(${recordIds}::uuid[], ${items.map((item) => item.hash)}::text[])
          as wanted("recordId", "hash")
      join "AnswerCache" c on c."projectId" = ${job.projectId}::uuid and c."requestHash" = wanted."hash"
      where ${itemsOf(job, recordIds)} and i."recordId" = wanted."recordId" and i."status" = 'queued'
      returning i."recordId", i."rawAnswer", i."finishReason", i."answerTokens", i."servedModel", i."sampled",
        i."promptHash", i."answeredAt" is not null as "isLast"
    ), sampled as (
      insert into "JobSample" ("projectId", "jobId", "recordId", "sample", "requestHash", "rawAnswer", "finishReason",
        "servedModel")
      select ${job.projectId}::uuid, ${job.jobId}::uuid, "recordId", "sampled" - 1, "promptHash", "rawAnswer",
        "finishReason", "servedModel" from shared where ${job.samples}::int > 1
      on conflict do nothing
    )
    select "recordId"::text, "rawAnswer", "finishReason", "answerTokens", "servedModel", "isLast" from shared`,
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
