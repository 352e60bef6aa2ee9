import type { PromptMessage } from "@/server/modules/agents";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { JobRecord } from "../../plan/prompt-maker";
import type { JobRun } from "../load-job-run";

/** The prompts of records, made again: for tokens that a provider did not count. */
export async function promptsOf(
  db: Db,
  { projectId, makePrompts }: Pick<JobRun, "projectId" | "makePrompts">,
  recordIds: readonly string[],
): Promise<Map<string, PromptMessage[]>> {
  if (recordIds.length === 0) return new Map();
  const records = await queryRows<JobRecord>(
    db,
    sql`select r."id"::text as "recordId", r."externalId", r."content", r."metadata",
        r."deletedAt" is not null as "deleted"
      from "Record" r where r."projectId" = ${projectId}::uuid and r."id" = any (${recordIds}::uuid[])`,
  );
  const made = await makePrompts(records);
  return new Map(
    records.map(({ recordId }, at): [string, PromptMessage[]] => {
      const prompt = made[at];
      return [recordId, prompt?.ok ? prompt.messages : []];
    }),
  );
}
