import type { VerifiedRecord } from "@/server/modules/agents";
import type { Db } from "@/server/platform/db";
import { execute, queryRows, sql } from "@/server/platform/sql";

type Which = { projectId: string; jobId: string };

/** Keeps what was verified when the job began: what a person verifies later changes none of its prompts. */
export async function freezeExamples(
  tx: Db,
  { projectId, jobId }: Which,
  verified: readonly VerifiedRecord[],
): Promise<void> {
  if (verified.length === 0) return;
  await execute(
    tx,
    sql`insert into "JobExample" ("projectId", "jobId", "recordId", "labels")
      select ${projectId}::uuid, ${jobId}::uuid, t."recordId", t."labels"
      from json_to_recordset(${JSON.stringify(verified)}::json) as t ("recordId" uuid, "labels" jsonb)`,
  );
}

/** The verified records among which a job looks for examples. */
export function readFrozenExamples(db: Db, { projectId, jobId }: Which): Promise<VerifiedRecord[]> {
  return queryRows<VerifiedRecord>(
    db,
    sql`select e."recordId"::text, e."labels" from "JobExample" e
      where e."projectId" = ${projectId}::uuid and e."jobId" = ${jobId}::uuid order by e."recordId"`,
  );
}
