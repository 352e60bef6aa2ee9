import { type Sql, sql } from "@/server/platform/sql";

/**
 * The condition that `i` is one of these items of a job. The ids stand in it as one array, also where rows are joined
 * to them anyway: only so does PostgreSQL look each of them up, whatever it believes about the size of a job that has
 * just been made. Otherwise it reads the whole job for every group.
 */
export const itemsOf = (
  { projectId, jobId }: { projectId: string; jobId: string },
  recordIds: readonly string[],
): Sql =>
  sql`i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and i."recordId" = any (${recordIds}::uuid[])`;
