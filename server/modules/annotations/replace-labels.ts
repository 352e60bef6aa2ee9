import type { JsonValue } from "@/contracts/common";
import type { Annotation } from "@/contracts/records";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { normalizeValue } from "./label-value";
import { lockOwnLabels } from "./lock-own-labels";
import { type PersonResponse, replaceResponses } from "./replace-responses";

/**
 * One label of a person, checked. An empty value only says that the label is named, or comes with what was answered
 * instead.
 */
export type PersonLabel = {
  recordId: string;
  label: string;
  level: Annotation["level"];
  value: readonly string[];
  start?: number | undefined;
  end?: number | undefined;
  metadata?: Record<string, JsonValue> | undefined;
  response?: PersonResponse | undefined;
};

type ReplaceLabelsInput = {
  projectId: string;
  userId: string;
  schemaVersion: number;
  rows: readonly PersonLabel[];
  /** How it came about, for the history; left out: the person gave these labels. */
  origin?: LabelOrigin;
  /** The event of the history that is set again. */
  restoredFromId?: string;
};

/** What the history says of a change that wasn't simply given. */
type LabelOrigin = "bulk" | "bulk_undo" | "resolved" | "resolved_undo";

type Current = Pick<Annotation, "id" | "recordId" | "value"> & { name: string; start?: number; end?: number };
type Changed = { id: string; recordId: string; label: string; start: number; end: number };

/**
 * Makes a person's labels on the named (record, label) pairs exactly those given, and what they answered instead of
 * labels too, and writes what changed into the history. The annotator's row must exist.
 * @returns the person's labels on those pairs afterwards
 */
export async function replaceLabels(
  tx: Db,
  { projectId, userId, schemaVersion, rows, origin, restoredFromId }: ReplaceLabelsInput,
): Promise<Current[]> {
  await lockOwnLabels(tx, { projectId, userId });
  const pairs = rows.map(({ recordId, label }) => ({ recordId, label }));
  const named = JSON.stringify(pairs);
  const given = rows
    .filter(({ value }) => value.length > 0)
    .map(({ value, start = -1, end = -1, metadata = {}, response: _, ...row }) => {
      return { ...row, id: newId(), value: normalizeValue(value), start, end, metadata };
    });
  const input = JSON.stringify(given);
  const cleared = await queryRows<Changed>(
    tx,
    sql`delete from "Annotation" a
      using (select distinct * from jsonb_to_recordset(${named}::jsonb) as t ("recordId" uuid, "label" text)) n
      where a."projectId" = ${projectId}::uuid and a."annotatorId" = ${userId}::uuid
        and a."recordId" = n."recordId" and a."labelName" = n."label"
        and not exists (
          select 1 from jsonb_to_recordset(${input}::jsonb)
            as i ("recordId" uuid, "label" text, "start" int, "end" int)
          where i."recordId" = a."recordId" and i."label" = a."labelName"
            and i."start" = a."start" and i."end" = a."end")
      returning a."id", a."recordId", a."labelName" as "label", a."start", a."end"`,
  );
  const written = await queryRows<Changed & { value: string[]; metadata: Record<string, JsonValue> }>(
    tx,
    sql`insert into "Annotation" as a ("id", "projectId", "recordId", "annotatorId", "labelName", "level",
        "start", "end", "value", "metadata", "schemaVersion")
      select "id", ${projectId}::uuid, "recordId", ${userId}::uuid, "label", "level", "start", "end", "value",
        "metadata", ${schemaVersion}::int
      from jsonb_to_recordset(${input}::jsonb) as i ("id" uuid, "recordId" uuid, "label" text, "level" text,
        "start" int, "end" int, "value" text[], "metadata" jsonb)
      on conflict ("projectId", "recordId", "annotatorId", "labelName", "start", "end") do update
        set "value" = excluded."value", "metadata" = excluded."metadata",
          "schemaVersion" = excluded."schemaVersion", "updatedAt" = now()
        where a."value" <> excluded."value" or a."metadata" <> excluded."metadata"
      returning a."id", a."recordId", a."labelName" as "label", a."start", a."end", a."value", a."metadata"`,
  );
  const responses = await replaceResponses(tx, {
    projectId,
    userId,
    named: pairs,
    given: rows.flatMap(({ recordId, label, response }) =>
      response ? [{ recordId, label, ...response }] : [],
    ),
  });
  const labelled = new Set(given.map(({ recordId, label }) => JSON.stringify([recordId, label])));
  const beside = new Map(rows.map((row) => [JSON.stringify([row.recordId, row.label]), row.metadata]));
  const none = { value: [], cleared: true, metadata: {}, start: -1, end: -1, status: null };
  const events = [
    ...cleared.map((row) => ({ ...none, ...row, eventId: newId() })),
    ...written.map((row) => ({ ...row, cleared: false, status: null, eventId: newId() })),
    // Where a label took its place the label's own event says so.
    ...responses.gone
      .filter(({ recordId, label }) => !labelled.has(JSON.stringify([recordId, label])))
      .map((row) => ({ ...none, ...row, eventId: newId() })),
    ...responses.written.map((row) => {
      const metadata = beside.get(JSON.stringify([row.recordId, row.label])) ?? {};
      return { ...none, ...row, metadata, eventId: newId() };
    }),
  ];
  await execute(
    tx,
    sql`insert into "AnnotationEvent" ("id", "projectId", "annotationId", "recordId", "annotatorId",
        "labelName", "start", "end", "value", "cleared", "response", "metadata", "origin", "restoredFromId")
      select "eventId", ${projectId}::uuid, "id", "recordId", ${userId}::uuid, "label", "start", "end",
        "value", "cleared", "status"::"ResponseStatus", "metadata", ${origin ?? null}::text,
        ${restoredFromId ?? null}::uuid
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e ("eventId" uuid, "id" uuid,
        "recordId" uuid, "label" text, "start" int, "end" int, "value" text[], "cleared" boolean,
        "status" text, "metadata" jsonb)`,
  );
  return readCurrent(tx, projectId, userId, named);
}

async function readCurrent(tx: Db, projectId: string, userId: string, named: string): Promise<Current[]> {
  const rows = await queryRows<Required<Current> & { level: Annotation["level"] }>(
    tx,
    sql`select a."id", a."recordId", a."labelName" as "name", a."level", a."value", a."start", a."end"
      from "Annotation" a
      join (select distinct * from jsonb_to_recordset(${named}::jsonb) as t ("recordId" uuid, "label" text)) n
        on a."recordId" = n."recordId" and a."labelName" = n."label"
      where a."projectId" = ${projectId}::uuid and a."annotatorId" = ${userId}::uuid
      order by a."labelName" collate "C", a."start", a."end"`,
  );
  return rows.map(({ level, start, end, ...row }) => (level === "span" ? { ...row, start, end } : row));
}
