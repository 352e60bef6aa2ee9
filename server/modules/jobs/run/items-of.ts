import { type Sql, sql } from "@/server/platform/sql";

/**
 * The condition that `i` is one of these items of a job. The ids stand in it as one array, also where rows are joined
 * to them anyway: so PostgreSQL reads a job at most once for a group, and looks the ids up once it knows that the job
 * is large.
 */
export const itemsOf = (
  { projectId, jobId }: { projectId: string; jobId: string },
  recordIds: readonly string[],
): Sql =>
  sql`i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and i."recordId" = any (${recordIds}::uuid[])`;
