import { newId } from "@/server/platform/ids";
import { normalizeValue } from "./label-value";

/** A person's own span as it shall be from now on, under the id that its author gave it; no value: taken away. */
export type OwnSpan = {
  id: string;
  recordId: string;
  annotatorId: string;
  label: string;
  value: readonly string[];
  start: number;
  end: number;
};

/**
 * The two parameters of {@link ownSpanSteps} for changes in their order: the rows that are left of each span, and
 * the events of all of them.
 */
export function prepareOwnSpans(
  changes: readonly OwnSpan[],
  schemaVersion: number,
): [rows: string, events: string] {
  const last = new Map(changes.map((span) => [span.id, span]));
  const rows = [...last.values()].map((span) => ({
    ...span,
    value: normalizeValue(span.value),
    schemaVersion,
  }));
  const events = changes.map(({ id, value, ...span }) => ({
    ...span,
    annotationId: id,
    id: newId(),
    value: normalizeValue(value),
    cleared: value.length === 0,
  }));
  return [JSON.stringify(rows), JSON.stringify(events)];
}

/**
 * The steps of a statement that write people's own spans with their history. Spans are taken out before they are put
 * in, so that two may change places. Whoever runs it holds the labels of these people and knows that no id is
 * another's; their annotators' rows are there, or are made in the statement.
 * @param rows placeholder of the rows of {@link prepareOwnSpans}
 * @param events placeholder of its events
 * @param project placeholder of the project's id
 * @param condition a table without rows when nothing shall be written
 */
export const ownSpanSteps = (rows: string, events: string, project: string, condition: string): string => `
spans as (
  select * from jsonb_to_recordset(${rows}::jsonb) as t ("id" uuid, "recordId" uuid, "annotatorId" uuid, "label" text,
    "value" text[], "start" int, "end" int, "schemaVersion" int), ${condition}
), spans_out as (
  delete from "Annotation" a using spans s where a."projectId" = ${project}::uuid and a."id" = s."id"
  returning a."id", a."createdAt", a."metadata"
), spans_are_out as (
  select count(*) from spans_out
), spans_in as (
  insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "start", "end",
    "value", "metadata", "schemaVersion", "createdAt")
  select s."id", ${project}::uuid, s."recordId", s."annotatorId", s."label", 'span', s."start", s."end", s."value",
    coalesce(o."metadata", '{}'), s."schemaVersion", coalesce(o."createdAt", now())
  from spans_are_out, spans s left join spans_out o on o."id" = s."id"
  where cardinality(s."value") > 0
), spans_instead as (
  delete from "AnnotationResponse" p using spans s
  where p."projectId" = ${project}::uuid and p."recordId" = s."recordId" and p."annotatorId" = s."annotatorId"
    and p."labelName" = s."label" and cardinality(s."value") > 0
), span_events as (
  insert into "AnnotationEvent" ("id", "projectId", "annotationId", "recordId", "annotatorId", "labelName", "start",
    "end", "value", "cleared")
  select e."id", ${project}::uuid, e."annotationId", e."recordId", e."annotatorId", e."label", e."start", e."end",
    e."value", e."cleared"
  from jsonb_to_recordset(${events}::jsonb) as e ("id" uuid, "annotationId" uuid, "recordId" uuid, "annotatorId" uuid,
    "label" text, "start" int, "end" int, "value" text[], "cleared" boolean), ${condition}
)`;
