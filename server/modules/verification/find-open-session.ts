import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

type Labels = {
  projectId: string;
  label: string;
  jobIds: readonly string[];
  subsetId: string | null;
  query: unknown;
};

/**
 * The first open shared session on exactly these labels, no sample of them. Who asks for the same label at the same time
 * waits until this transaction ends, and then finds the session that it made.
 */
export async function findOpenSession(
  tx: Db,
  { projectId, label, jobIds, subsetId, query }: Labels,
): Promise<string | null> {
  await queryRows(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended('session:' || ${projectId}::text || ${label}::text, 0))::text as "lock"`,
  );
  const json = query === undefined ? null : JSON.stringify(query);
  const [found] = await queryRows<{ id: string }>(
    tx,
    sql`select s."id" from "VerificationSession" s
      where s."projectId" = ${projectId}::uuid and s."state" = 'open' and s."mode" = 'shared'
        and s."labelName" = ${label} and s."jobIds" @> ${jobIds}::uuid[] and s."jobIds" <@ ${jobIds}::uuid[]
        and s."subsetId" is not distinct from ${subsetId}::uuid
        and s."query" is not distinct from ${json}::jsonb and s."sample" is null
      order by s."id" limit 1`,
  );
  return found?.id ?? null;
}
