import type { Sight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** The records to export and, of their labels, which; the conditions speak of `"Record" r`. */
export type ExportScope = {
  projectId: string;
  /** Of whoever exports: what is hidden from them until they have decided is not in the file. */
  sight: Sight;
  records: Sql;
  /** Position of the record after which to begin; null: at the first. */
  after: string | null;
  label: string | undefined;
  /** Labels in the order of the schema. */
  labelOrder: readonly string[];
};

/** Whether the record, whose place is in `column`, comes after where another download was cut. */
export const isAfter = ({ after }: ExportScope, column: Sql): Sql =>
  after === null ? rawSql("true") : sql`${column} > ${after}::bigint`;

/** Whether the label in `column` is asked for. */
export const isAskedFor = ({ label }: ExportScope, column: Sql): Sql =>
  label === undefined ? rawSql("true") : sql`${column} = ${label}::text`;

/** Order of labels on one record: as the schema has them, then labels of older versions by name. */
export const labelPosition = ({ labelOrder }: ExportScope, column: Sql): Sql =>
  sql`array_position(${labelOrder}::text[], ${column}), ${column} collate "C"`;
