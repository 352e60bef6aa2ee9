import type { JsonValue } from "@/contracts/common";
import type { Annotation } from "@/contracts/records";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { queryRows, sql } from "@/server/platform/sql";
import { normalizeValue } from "./label-value";

/** One label that a job read from an answer. */
export type JobLabel = {
  recordId: string;
  label: string;
  level: Annotation["level"];
  /** Option values of the job's schema version. */
  value: readonly string[];
  /** Code points, end exclusive; left out for record labels. */
  start?: number;
  end?: number;
  conf: number | null;
  confMethod: Annotation["confMethod"];
  confReason: string | null;
  probabilities: Record<string, number> | null;
  /** Label metadata other than `conf`. */
  metadata?: Record<string, JsonValue>;
};

export type JobLabels = {
  projectId: string;
  /** Also the annotator's id; its annotator row must exist. */
  jobId: string;
  schemaVersion: number;
  rows: readonly JobLabel[];
};

/**
 * Writes a job's labels and their history in one statement. A label that the job has already written for
 * that record (and span) is left as it is, so a redelivered item changes nothing.
 * @returns how many labels were new
 */
export async function writeJobLabels(
  tx: Db,
  { projectId, jobId, schemaVersion, rows }: JobLabels,
): Promise<number> {
  if (rows.length === 0) return 0;
  const input = rows.map(({ start = -1, end = -1, metadata = {}, value, ...row }) => ({
    ...row,
    start,
    end,
    metadata,
    value: normalizeValue(value),
    id: newId(),
    eventId: newId(),
  }));
  const [written] = await queryRows<{ count: number }>(
    tx,
    sql`with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as t (
          "id" uuid, "eventId" uuid, "recordId" uuid, "label" text, "level" text, "start" int, "end" int,
          "value" text[], "conf" float8, "confMethod" text, "confReason" text, "probabilities" jsonb,
          "metadata" jsonb)
      ), written as (
        insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "start",
          "end", "value", "conf", "confMethod", "confReason", "probabilities", "metadata", "schemaVersion")
        select "id", ${projectId}::uuid, "recordId", ${jobId}::uuid, "label", "level", "start", "end", "value",
          "conf", "confMethod", "confReason", nullif("probabilities", 'null'), "metadata", ${schemaVersion}::int
        from input
        on conflict do nothing
        returning "id", "recordId", "labelName", "start", "end", "value", "conf", "metadata"
      ), logged as (
        insert into "AnnotationEvent" ("id", "projectId", "annotationId", "recordId", "annotatorId",
          "labelName", "start", "end", "value", "conf", "metadata")
        select i."eventId", ${projectId}::uuid, w."id", w."recordId", ${jobId}::uuid, w."labelName",
          w."start", w."end", w."value", w."conf", w."metadata"
        from written w join input i on i."id" = w."id"
      )
      select count(*)::int as "count" from written`,
  );
  return written?.count ?? 0;
}
