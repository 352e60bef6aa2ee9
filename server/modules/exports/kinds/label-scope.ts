import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** The records to export and, of their labels, which; the conditions speak of `"Record" r`. */
export type ExportScope = {
  projectId: string;
  records: Sql;
  label: string | undefined;
  /** Labels in the order of the schema. */
  labelOrder: readonly string[];
};

/** Names of the active schema's labels in its order. */
export async function readLabelOrder(db: Db, actor: ProjectActor): Promise<string[]> {
  const schema = await findActiveSchema(db, actor);
  return schema?.labelSchema.map(({ name }) => name) ?? [];
}

/** Whether the label in `column` is asked for. */
export const isAskedFor = ({ label }: ExportScope, column: Sql): Sql =>
  label === undefined ? rawSql("true") : sql`${column} = ${label}::text`;

/** Order of labels on one record: as the schema has them, then labels of older versions by name. */
export const labelPosition = ({ labelOrder }: ExportScope, column: Sql): Sql =>
  sql`array_position(${labelOrder}::text[], ${column}), ${column} collate "C"`;
