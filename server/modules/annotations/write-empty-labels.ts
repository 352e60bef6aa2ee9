import { NO_SPAN } from "@/contracts/records";
import type { Db } from "@/server/platform/db";
import { execute, type Sql, sql } from "@/server/platform/sql";

type EmptyLabels = {
  projectId: string;
  /** A label of spans. */
  label: string;
  /** A `select` of `recordId`, `annotatorId` and `schemaVersion`: who found no span of the label, and where. */
  found: Sql;
};

/**
 * Writes down that annotators found no span of a label in records, so that "nothing here" can be verified as any other
 * answer; today's jobs say so themselves. Written twice it stays one, and it has no history.
 */
export function writeEmptyLabels(tx: Db, { projectId, label, found }: EmptyLabels): Promise<number> {
  return execute(
    tx,
    sql`insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "start",
        "end", "value", "schemaVersion")
      select uuidv7(), ${projectId}::uuid, f."recordId", f."annotatorId", ${label}::text, 'span', ${NO_SPAN}::int,
        ${NO_SPAN}::int, '{}', f."schemaVersion"
      from (${found}) f
      on conflict do nothing`,
  );
}
