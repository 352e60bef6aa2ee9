import type { JsonValue } from "@/contracts/common";
import { NO_SPAN } from "@/contracts/records";
import { labelInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { type Column, type ExportSource, exportSource, isoText, optionsCell } from "../column";
import { type ExportScope, isAfter, isAskedFor, labelPosition } from "./label-scope";

type AnnotationRow = {
  recordId: string;
  externalId: string;
  content: string;
  annotatorId: string;
  kind: string;
  name: string;
  label: string;
  level: string;
  value: string[];
  start: number;
  end: number;
  conf: number | null;
  confMethod: string | null;
  metadata: Record<string, JsonValue>;
  createdAt: string;
};

const columns: Column<AnnotationRow>[] = [
  { name: "record_id", value: (row) => row.recordId },
  { name: "external_id", value: (row) => row.externalId },
  { name: "content", value: (row) => row.content },
  { name: "annotator_id", value: (row) => row.annotatorId },
  { name: "annotator_kind", value: (row) => row.kind },
  { name: "annotator_name", value: (row) => row.name },
  { name: "label", value: (row) => row.label },
  { name: "level", value: (row) => row.level },
  { name: "value", type: "texts", value: (row) => row.value, cell: (row) => optionsCell(row.value) },
  { name: "start", type: "number", value: (row) => (row.start < 0 ? null : row.start) },
  { name: "end", type: "number", value: (row) => (row.end < 0 ? null : row.end) },
  { name: "conf", type: "number", value: (row) => row.conf },
  { name: "conf_method", value: (row) => row.confMethod },
  {
    name: "metadata",
    type: "json",
    value: (row) => row.metadata,
    cell: (row) => (Object.keys(row.metadata).length === 0 ? "" : JSON.stringify(row.metadata)),
  },
  { name: "created_at", type: "time", value: (row) => row.createdAt },
];

/**
 * Every annotator's current labels, each apart.
 * @param annotator only this one's
 */
export function annotationExport(scope: ExportScope, annotator: string | undefined): ExportSource {
  const label = rawSql(`a."labelName"`);
  return exportSource(
    sql`select r."id" as "recordId", r."externalId", r."content", a."annotatorId", t."kind", t."name",
        a."labelName" as "label", a."level", a."value", a."start", a."end", a."conf", a."confMethod", a."metadata",
        ${isoText(`a."createdAt"`)} as "createdAt"
      from "Record" r
      join "Annotation" a on a."projectId" = r."projectId" and a."recordId" = r."id"
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId"
      where ${scope.records} and ${isAfter(scope, rawSql(`r."position"`))} and ${isAskedFor(scope, label)}
        and ${isBy(annotator)} and ${labelInSight(scope.sight)} and a."start" <> ${NO_SPAN}::int
      order by r."position", ${labelPosition(scope, label)}, t."createdAt", t."id", a."start", a."end"`,
    columns,
  );
}

/** Whether `"Annotation" a` is by the annotator asked for. */
export const isBy = (annotator: string | undefined): Sql =>
  annotator === undefined ? rawSql("true") : sql`a."annotatorId" = ${annotator}::uuid`;
