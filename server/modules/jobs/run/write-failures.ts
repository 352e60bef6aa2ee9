import type { Db } from "@/server/platform/db";
import type { LlmErrorKind } from "@/server/platform/llm";
import { execute, sql } from "@/server/platform/sql";
import { itemsOf } from "./items-of";

/** A call that brought no answer. */
export type CallFailure = {
  attemptId: string;
  recordId: string;
  /** `not_asked`: the provider never came to it. */
  kind: LlmErrorKind | "not_asked";
  message: string;
  /** The provider says that it worked on it not at all, whatever the kind. */
  unbilled?: boolean;
  /** What becomes of the item: asked again after so many milliseconds, given up, or left as if not asked. */
  next: { retryInMs: number } | "given-up" | "put-back";
};

/** The provider may have worked, and bill it: the bound stays reserved until the job ends. */
const MAY_BE_BILLED: ReadonlySet<CallFailure["kind"]> = new Set(["timeout", "connection"]);

/** Commits how calls failed and what becomes of their items, and gives back what they had reserved. */
export async function writeFailures(
  db: Db,
  job: { projectId: string; jobId: string },
  failures: readonly CallFailure[],
): Promise<void> {
  const { projectId, jobId } = job;
  const recordIds = failures.map(({ recordId }) => recordId);
  const input = failures.map(({ next, kind, unbilled = false, ...failure }) => ({
    ...failure,
    kind,
    status: next === "given-up" ? "callFailed" : "queued",
    putBack: next === "put-back",
    retryInMs: typeof next === "object" ? next.retryInMs : null,
    billed: !unbilled && MAY_BE_BILLED.has(kind),
  }));
  await execute(
    db,
    sql`with input as materialized (
        select * from json_to_recordset(${JSON.stringify(input)}::json) as t (
          "attemptId" uuid, "recordId" uuid, "kind" text, "message" text, "status" text, "putBack" boolean,
          "retryInMs" float8, "billed" boolean)
      ), job as materialized (
        select "id" from "Job" where "projectId" = ${projectId}::uuid and "id" = ${jobId}::uuid for no key update
      ), attempt as (
        update "JobAttempt" a set "outcome" = 'failed', "errorKind" = input."kind", "finishedAt" = now()
        from input, job
        where a."id" = input."attemptId" and a."jobId" = job."id" and a."outcome" is null
        returning a."id", a."reservedMicroUsd"
      ), failed as materialized (
        select input.*, attempt."reservedMicroUsd" as "reserved"
        from input join attempt on attempt."id" = input."attemptId"
      ), item as (
        update "JobItem" i set "status" = failed."status"::"JobItemStatus",
          "attempts" = i."attempts" - failed."putBack"::int, "errorKind" = failed."kind",
          "errorMessage" = failed."message", "updatedAt" = now(),
          "reason" = case when failed."status" = 'callFailed' then failed."kind" end,
          "retryAt" = now() + make_interval(secs => failed."retryInMs" / 1000)
        from failed where ${itemsOf(job, recordIds)} and i."recordId" = failed."recordId"
      ), total as (
        select coalesce(sum("reserved"), 0)::bigint as "freed" from failed where not "billed"
      ), in_job as (
        update "Job" j set "reservedMicroUsd" = j."reservedMicroUsd" - total."freed"
        from job, total where j."id" = job."id" and total."freed" > 0
        returning j."id"
      )
      update "Project" p set "reservedMicroUsd" = p."reservedMicroUsd" - total."freed"
      from in_job, total where p."id" = ${projectId}::uuid`,
  );
}

/** Marks items whose prompt can't be made. */
export async function writeInvalidPrompts(
  db: Db,
  job: { projectId: string; jobId: string },
  items: readonly { recordId: string; reason: string; message: string }[],
): Promise<void> {
  if (items.length === 0) return;
  const recordIds = items.map(({ recordId }) => recordId);
  await execute(
    db,
    sql`update "JobItem" i set "status" = 'promptInvalid', "promptHash" = null, "reason" = t."reason",
        "errorKind" = t."reason", "errorMessage" = t."message", "updatedAt" = now()
      from unnest(${recordIds}::uuid[], ${items.map((item) => item.reason)}::text[],
        ${items.map((item) => item.message)}::text[]) as t("recordId", "reason", "message")
      where ${itemsOf(job, recordIds)} and i."recordId" = t."recordId" and i."status" = 'queued'`,
  );
}
