import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Labels that are settled while the caller waits, in some two seconds; more are settled in the background. */
const AT_ONCE = 50_000;

/** Whether a label was given so often that settling it takes longer than a request should. */
export async function hasManyLabels(db: Db, projectId: string, label: string): Promise<boolean> {
  const [found] = await queryRows<{ many: boolean }>(
    db,
    sql`select count(*) > ${AT_ONCE}::int as "many" from (
        select 1 from "Annotation" a where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text
        limit ${AT_ONCE + 1}::int) a`,
  );
  return found?.many ?? false;
}
