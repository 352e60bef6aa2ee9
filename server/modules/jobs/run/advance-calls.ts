import { newId } from "@/server/platform/ids";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import { heldTask } from "@/server/platform/queue";
import { rawSql, sql } from "@/server/platform/sql";
import { runJobKey } from "../run-job-task";
import type { CallAnswer } from "./call-answer";
import type { PreparedItem } from "./prepared-item";

/** What a lane wants written before it goes on: the answer it has, the call it is about to make, or both. */
export type Step = {
  answer: CallAnswer | null;
  begin: PreparedItem | null;
  /** The id that the attempt of the call gets; else a new one. */
  attemptId?: string;
};

/** The attempt's id, or why no call may be made. */
export type Begun = { attemptId: string } | { refused: "stopped" | "cap" };
export type Advanced = {
  /** False: another run has taken the job over and asks again; the answer was dropped. */
  kept: boolean;
  /** null: no call was to begin. */
  begun: Begun | null;
};

export type AdvanceOptions = {
  projectId: string;
  jobId: string;
  leaseToken: string;
  /** A provider that is down is being tried: the paused job makes a call. */
  probing: boolean;
  /** Answers that a record needs; with fewer it is to be asked again. */
  samples: number;
  /** The calls are part of this batch; null: each is made alone. */
  batchId: string | null;
};

/**
 * Commits answers as they are, before anybody reads them, and the attempts of calls about to be made. One statement
 * with all that must hold for a call: this run has the lease, the job is not paused or cancelled, the project is not
 * being deleted, and spent + reserved + bounds stay within the caps of job and project. Its locks on job and project keep it so until the commit.
 * Answers are kept whatever state the job is in, but only to attempts that are still open.
 */
export async function advanceCalls(
  ledger: PreparedStatements,
  options: AdvanceOptions,
  steps: readonly Step[],
): Promise<Advanced[]> {
  const answers = steps.flatMap(({ answer }) => answer ?? []);
  const attempts = steps.map(({ begin, attemptId = newId() }) =>
    begin ? { ...boundOf(begin), attemptId } : null,
  );
  const wanted = attempts.flatMap((attempt) => attempt ?? []);
  const [row] = await ledger.rows<{ kept: string[] | null; begun: string[] | null; running: boolean }>(
    "advance-calls",
    statement(options, answers, wanted),
  );
  const kept = new Set(row?.kept);
  const begun = new Set(row?.begun);
  const refused = row?.running ? "cap" : "stopped";
  return steps.map(({ answer }, index) => {
    const attemptId = attempts[index]?.attemptId;
    return {
      kept: answer === null || kept.has(answer.attemptId),
      begun: attemptId === undefined ? null : begun.has(attemptId) ? { attemptId } : { refused },
    };
  });
}

type Wanted = { attemptId: string; recordId: string; hash: string; bound: number };

const boundOf = ({ recordId, hash, boundMicroUsd }: PreparedItem) => ({
  recordId,
  hash,
  bound: boundMicroUsd,
});

const idsOf = (items: readonly { recordId: string }[]) => items.map(({ recordId }) => recordId);

/** The place of an item that is never inserted. */
const NEVER = -1;

/**
 * Items are changed by inserts that always meet the item they name: so each is looked up by its key, whatever
 * PostgreSQL believes about the size of a job that has just been made. An update may read the whole job instead.
 * Attempts are named by an array of their keys, and the rest is said so that no index serves it: the index of what is in
 * flight also holds what was, for as long as any transaction in the database may see it.
 */
const statement = (
  { projectId, jobId, leaseToken, probing, samples, batchId }: AdvanceOptions,
  answers: readonly CallAnswer[],
  wanted: readonly Wanted[],
) => {
  return sql`with job as materialized (
    select j."id", j."spendCapMicroUsd" as "cap", j."spentMicroUsd" + j."reservedMicroUsd" as "used",
      not j."cancelRequested" and (j."status" = 'running'
        or (${probing}::boolean and j."status" = 'paused' and j."pausedReason" = 'provider_outage')) as "running"
    from "Job" j where j."projectId" = ${projectId}::uuid and j."id" = ${jobId}::uuid
    for no key update
  ), held as materialized (
    ${heldTask(runJobKey(jobId), leaseToken, rawSql(`exists (select 1 from job where "running")`))}
  ), project as materialized (
    select p."id", p."spendCapMicroUsd" as "cap", p."spentMicroUsd" + p."reservedMicroUsd" as "used"
    from "Project" p where p."id" = ${projectId}::uuid and p."deletingAt" is null and exists (select 1 from job)
    for no key update
  ), input as materialized (
    select * from json_to_recordset(${JSON.stringify(answers)}::json) as t (
      "attemptId" uuid, "recordId" uuid, "hash" text, "sample" int, "raw" text, "finishReason" text, "tokens" text,
      "servedModel" text, "promptTokens" int, "completionTokens" int, "tokensEstimated" boolean,
      "costMicroUsd" bigint, "latencyMs" int)
  ), kept as (
    update "JobAttempt" a set "outcome" = 'answered', "finishedAt" = now() from input, job
    where a."id" = any(${answers.map((one) => one.attemptId)}::uuid[]) and a."id" = input."attemptId"
      and a."jobId" is not distinct from job."id" and coalesce(a."outcome", '') = ''
    returning input.*, a."reservedMicroUsd" as "reserved"
  ), answered as (
    insert into "JobItem" as i ("projectId", "jobId", "recordId", "ordinal", "status", "rawAnswer", "finishReason",
      "answerTokens", "servedModel", "promptTokens", "completionTokens", "tokensEstimated", "costMicroUsd",
      "latencyMs", "sampled", "answeredAt")
    select ${projectId}::uuid, ${jobId}::uuid, "recordId", ${NEVER}::int,
      case when "isLast" then 'answered' else 'queued' end::"JobItemStatus", "raw", "finishReason",
      decode("tokens", 'base64'), "servedModel", "promptTokens", "completionTokens", "tokensEstimated",
      "costMicroUsd", "latencyMs", "sample" + 1, case when "isLast" then now() end
    from (select *, "sample" + 1 >= ${samples}::int as "isLast" from kept) each
    on conflict ("projectId", "jobId", "recordId") do update set "status" = excluded."status",
      "rawAnswer" = excluded."rawAnswer", "finishReason" = excluded."finishReason",
      "answerTokens" = excluded."answerTokens", "servedModel" = excluded."servedModel",
      "promptTokens" = case when i."cached" then 0 else coalesce(i."promptTokens", 0) end + excluded."promptTokens",
      "completionTokens" = case when i."cached" then 0 else coalesce(i."completionTokens", 0) end
        + excluded."completionTokens",
      "tokensEstimated" = i."tokensEstimated" or excluded."tokensEstimated",
      "costMicroUsd" = coalesce(i."costMicroUsd", 0) + excluded."costMicroUsd", "cached" = false,
      "latencyMs" = excluded."latencyMs", "sampled" = excluded."sampled", "answeredAt" = excluded."answeredAt",
      "attempts" = case when excluded."answeredAt" is null then 0 else i."attempts" end, "updatedAt" = now(),
      "errorKind" = null, "errorMessage" = null
  ), sampled as (
    insert into "JobSample" ("projectId", "jobId", "recordId", "sample", "requestHash", "rawAnswer", "finishReason",
      "servedModel")
    select ${projectId}::uuid, ${jobId}::uuid, "recordId", "sample", "hash", "raw", "finishReason", "servedModel"
    from kept where ${samples}::int > 1
    on conflict do nothing
  ), cached as (
    insert into "AnswerCache" ("projectId", "requestHash", "rawAnswer", "finishReason", "answerTokens",
      "servedModel", "promptTokens", "completionTokens")
    select ${projectId}::uuid, "hash", "raw", "finishReason", decode("tokens", 'base64'), "servedModel",
      "promptTokens", "completionTokens" from kept
    on conflict do nothing
  ), spent as materialized (
    select coalesce(sum("costMicroUsd"), 0)::bigint as "cost", coalesce(sum("reserved"), 0)::bigint as "freed"
    from kept
  ), wanted as (
    select *, (sum("bound") over (order by "n"))::bigint as "total"
    from unnest(${wanted.map((one) => one.attemptId)}::uuid[], ${idsOf(wanted)}::uuid[],
      ${wanted.map((one) => one.hash)}::text[], ${wanted.map((one) => one.bound)}::bigint[])
      with ordinality as t("attemptId", "recordId", "hash", "bound", "n")
  ), asked as (
    insert into "JobItem" as i ("projectId", "jobId", "recordId", "ordinal", "promptHash")
    select ${projectId}::uuid, ${jobId}::uuid, wanted."recordId", ${NEVER}::int, wanted."hash"
    from wanted cross join job cross join project cross join held cross join spent where job."running"
      and (job."cap" is null or job."used" + spent."cost" - spent."freed" + wanted."total" <= job."cap")
      and (project."cap" is null or project."used" + spent."cost" - spent."freed" + wanted."total" <= project."cap")
    on conflict ("projectId", "jobId", "recordId") do update set "status" = 'running',
      "attempts" = i."attempts" + 1, "promptHash" = excluded."promptHash", "retryAt" = null, "updatedAt" = now()
      where i."status" = 'queued'
    returning i."recordId", i."attempts"
  ), admitted as materialized (
    select wanted.*, asked."attempts" from asked join wanted on wanted."recordId" = asked."recordId"
  ), attempt as (
    insert into "JobAttempt" ("id", "projectId", "jobId", "recordId", "number", "leaseToken", "reservedMicroUsd",
      "batchId", "requestHash")
    select "attemptId", ${projectId}::uuid, ${jobId}::uuid, "recordId", "attempts", ${leaseToken}::uuid, "bound",
      ${batchId}::uuid, case when ${batchId}::uuid is not null then "hash" end
    from admitted
  ), change as materialized (
    select spent."cost", coalesce((select sum("bound") from admitted), 0)::bigint - spent."freed" as "reserved"
    from spent
  ), in_job as (
    update "Job" j set "spentMicroUsd" = j."spentMicroUsd" + change."cost",
      "reservedMicroUsd" = j."reservedMicroUsd" + change."reserved"
    from job, change where j."id" = job."id" and (change."cost" > 0 or change."reserved" <> 0)
  ), in_project as (
    update "Project" p set "spentMicroUsd" = p."spentMicroUsd" + change."cost",
      "reservedMicroUsd" = p."reservedMicroUsd" + change."reserved"
    from project, change where p."id" = project."id" and (change."cost" > 0 or change."reserved" <> 0)
  )
  select (select array_agg("attemptId"::text) from kept) as "kept",
    (select array_agg("attemptId"::text) from admitted) as "begun",
    exists (select 1 from job where "running") and exists (select 1 from held) as "running"`;
};
