import type { Annotation } from "@/contracts/records";
import type { Db } from "@/server/platform/db";
import { execute, queryRows, type Sql, sql } from "@/server/platform/sql";
import { normalizeValue } from "./label-value";

export type CopyLabels = {
  projectId: string;
  /** What makes the copies: asked again with the same id, nothing is copied twice. */
  copyId: string;
  /** Put behind the name of whoever gave the label: "Anna (mapped to version 3)". */
  suffix: string;
  schemaVersion: number;
  from: { label: string; value: readonly string[] };
  to: { label: string; level: Annotation["level"]; value: readonly string[] };
};

/** A UUID made of a text, the same each time: its MD5 with the version (8) and variant that RFC 9562 wants. */
const uuidOf = (text: Sql): Sql =>
  sql`overlay(overlay(md5(${text}) placing '8' from 13) placing 'a' from 17)::uuid`;

/** The annotator that holds copies of another one's labels: the same for the same copy. */
const COPIER = uuidOf(sql`c."copyId" || a."annotatorId"::text`);

/**
 * Copies the labels that hold exactly the value set `from`, of everybody, to the value set `to`, each as a label
 * of an imported annotator named after who gave it. The labels themselves stay as they are: nobody changes
 * another's. Labels of another level than `to` are left out, and so are places that the copy holds already.
 * @returns how many labels were written
 */
export async function copyLabels(
  tx: Db,
  { projectId, copyId, suffix, schemaVersion, from, to }: CopyLabels,
): Promise<number> {
  const source = sql`from "Annotation" a
      cross join (select ${copyId}::text as "copyId") c
      join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
      where a."projectId" = ${projectId}::uuid and a."labelName" = ${from.label}
        and a."value" = ${normalizeValue(from.value)}::text[] and a."level" = ${to.level}`;
  await execute(
    tx,
    sql`insert into "Annotator" ("projectId", "id", "kind", "name")
      select ${projectId}::uuid, k."copier", 'imported', n."name" || ${suffix}::text
      from (select distinct ${COPIER} as "copier", a."annotatorId" ${source}) k
      join "Annotator" n on n."projectId" = ${projectId}::uuid and n."id" = k."annotatorId"
      on conflict do nothing`,
  );
  const [written] = await queryRows<{ count: number }>(
    tx,
    sql`with written as (
        insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "start",
          "end", "value", "metadata", "schemaVersion")
        select ${uuidOf(sql`c."copyId" || a."id"::text`)}, a."projectId", a."recordId", ${COPIER},
          ${to.label}, a."level", a."start", a."end", ${normalizeValue(to.value)}::text[],
          jsonb_build_object('mappedFrom', a."id"), ${schemaVersion}::int
        ${source}
        on conflict do nothing
        returning "id", "recordId", "annotatorId", "labelName", "start", "end", "value", "metadata"
      ), logged as (
        insert into "AnnotationEvent" ("id", "projectId", "annotationId", "recordId", "annotatorId",
          "labelName", "start", "end", "value", "metadata")
        select gen_random_uuid(), ${projectId}::uuid, "id", "recordId", "annotatorId", "labelName", "start",
          "end", "value", "metadata" from written
      )
      select count(*)::int as "count" from written`,
  );
  return written?.count ?? 0;
}

/**
 * Takes the labels of a copy away again; the history keeps them. A label that a verification session or a
 * verdict stands on stays.
 * @returns how many labels went
 */
export async function removeCopiedLabels(
  tx: Db,
  { projectId, copyId, label }: { projectId: string; copyId: string; label: string },
): Promise<number> {
  const [removed] = await queryRows<{ count: number }>(
    tx,
    sql`with gone as (
        delete from "Annotation" c using "Annotator" n
        where n."projectId" = ${projectId}::uuid and n."kind" = 'imported'
          and c."projectId" = ${projectId}::uuid and c."annotatorId" = n."id" and c."labelName" = ${label}
          and c."metadata" ? 'mappedFrom'
          and c."id" = ${uuidOf(sql`${copyId}::text || (c."metadata"->>'mappedFrom')`)}
          and not exists (select 1 from "Verification" v
            where v."projectId" = c."projectId" and v."annotationId" = c."id")
          and not exists (select 1 from "SessionItem" s
            where s."projectId" = c."projectId" and s."annotationId" = c."id")
        returning c."id", c."recordId", c."annotatorId", c."labelName", c."start", c."end"
      ), logged as (
        insert into "AnnotationEvent" ("id", "projectId", "annotationId", "recordId", "annotatorId",
          "labelName", "start", "end", "value", "cleared", "origin")
        select gen_random_uuid(), ${projectId}::uuid, "id", "recordId", "annotatorId", "labelName", "start",
          "end", '{}', true, 'mapping_undo' from gone
      )
      select count(*)::int as "count" from gone`,
  );
  return removed?.count ?? 0;
}
