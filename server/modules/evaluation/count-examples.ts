import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";

type CountExamplesInput = {
  projectId: string;
  annotators: readonly string[];
  /** The condition on `"Record" r` of the records in question. */
  filter: Sql;
};

/**
 * By job, how many of the records it left out because they are examples of its prompt or repeat one: a comparison
 * says nothing of these.
 */
export async function countExamples(
  db: Db,
  { projectId, annotators, filter }: CountExamplesInput,
): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows<{ jobId: string; count: number }>(
    db,
    sql`select i."jobId"::text, count(*)::int as "count"
      from "JobItem" i join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
      where i."projectId" = ${projectId}::uuid and i."jobId" = any(${annotators}::uuid[])
        and i."status" = 'promptInvalid' and i."reason" = 'example' and ${filter}
      group by i."jobId"`,
  );
  return new Map(rows.map(({ jobId, count }) => [jobId, count]));
}
