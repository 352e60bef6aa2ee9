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
 * Writes down that annotators found no span of a label in records: a label of the level `span` without value and
 * place (`start` = `end` = -1), so that the answer "nothing here" can be verified as any other. It is no span: whoever
 * lists or counts spans leaves it out ({@link IS_LABEL}). Written twice it stays one, and it has no history.
 */
export function writeEmptyLabels(tx: Db, { projectId, label, found }: EmptyLabels): Promise<number> {
  return execute(
    tx,
    sql`insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "value",
        "schemaVersion")
      select uuidv7(), ${projectId}::uuid, f."recordId", f."annotatorId", ${label}::text, 'span', '{}', f."schemaVersion"
      from (${found}) f
      on conflict do nothing`,
  );
}
