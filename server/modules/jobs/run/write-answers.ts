import { gzipSync } from "node:zlib";
import type { Db } from "@/server/platform/db";
import type { LlmToken } from "@/server/platform/llm";
import { queryRows, sql } from "@/server/platform/sql";

/** What is kept of an answer, whoever gave it. */
export type KeptAnswer = {
  raw: string;
  finishReason: string | null;
  /** gzip of JSON, base64. */
  tokens: string | null;
  servedModel: string | null;
  promptTokens: number;
  completionTokens: number;
};

/** The answer to one call. */
export type CallAnswer = KeptAnswer & {
  attemptId: string;
  recordId: string;
  hash: string;
  tokensEstimated: boolean;
  /** null: the price is not known. */
  costMicroUsd: number | null;
  latencyMs: number;
};

type Job = { projectId: string; jobId: string };

/** PostgreSQL keeps no U+0000 and no half of a surrogate pair. */
export const storable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, "\uFFFD");

export const packTokens = (tokens: readonly LlmToken[] | null): string | null =>
  tokens === null ? null : gzipSync(JSON.stringify(tokens), { level: 1 }).toString("base64");

/**
 * Commits answers as they are, before anybody reads them, with what they cost. An answer to an attempt that
 * another run has taken over is dropped: that run asks again.
 * @returns for each answer whether it was kept
 */
export async function writeAnswers(
  db: Db,
  { projectId, jobId }: Job,
  answers: readonly CallAnswer[],
): Promise<boolean[]> {
  const kept = await queryRows<{ attemptId: string }>(
    db,
    sql`with input as materialized (
        select * from json_to_recordset(${JSON.stringify(answers)}::json) as t (
          "attemptId" uuid, "recordId" uuid, "hash" text, "raw" text, "finishReason" text, "tokens" text,
          "servedModel" text, "promptTokens" int, "completionTokens" int, "tokensEstimated" boolean,
          "costMicroUsd" bigint, "latencyMs" int)
      ), job as materialized (
        select "id" from "Job" where "projectId" = ${projectId}::uuid and "id" = ${jobId}::uuid for no key update
      ), attempt as (
        update "JobAttempt" a set "outcome" = 'answered', "finishedAt" = now() from input, job
        where a."id" = input."attemptId" and a."jobId" = job."id" and a."outcome" is null
        returning a."id", a."reservedMicroUsd"
      ), kept as materialized (
        select input.*, attempt."reservedMicroUsd" as "reserved" from input join attempt on attempt."id" = input."attemptId"
      ), item as (
        update "JobItem" i set "status" = 'answered', "rawAnswer" = kept."raw", "finishReason" = kept."finishReason",
          "answerTokens" = decode(kept."tokens", 'base64'), "servedModel" = kept."servedModel",
          "promptTokens" = kept."promptTokens", "completionTokens" = kept."completionTokens",
          "tokensEstimated" = kept."tokensEstimated", "costMicroUsd" = kept."costMicroUsd",
          "latencyMs" = kept."latencyMs", "answeredAt" = now(), "updatedAt" = now(),
          "errorKind" = null, "errorMessage" = null
        from kept
        where i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and i."recordId" = kept."recordId"
      ), cached as (
        insert into "AnswerCache" ("projectId", "requestHash", "rawAnswer", "finishReason", "answerTokens",
          "servedModel", "promptTokens", "completionTokens")
        select ${projectId}::uuid, "hash", "raw", "finishReason", decode("tokens", 'base64'), "servedModel",
          "promptTokens", "completionTokens" from kept
        on conflict do nothing
      ), total as (
        select coalesce(sum("costMicroUsd"), 0)::bigint as "cost", coalesce(sum("reserved"), 0)::bigint as "reserved"
        from kept
      ), spent as (
        update "Job" j set "spentMicroUsd" = j."spentMicroUsd" + total."cost",
          "reservedMicroUsd" = j."reservedMicroUsd" - total."reserved"
        from job, total where j."id" = job."id" and (total."cost" > 0 or total."reserved" > 0)
        returning j."id"
      ), in_project as (
        update "Project" p set "spentMicroUsd" = p."spentMicroUsd" + total."cost",
          "reservedMicroUsd" = p."reservedMicroUsd" - total."reserved"
        from spent, total where p."id" = ${projectId}::uuid
      )
      select "attemptId"::text from kept`,
  );
  const ids = new Set(kept.map(({ attemptId }) => attemptId));
  return answers.map(({ attemptId }) => ids.has(attemptId));
}
