import type pg from "pg";

/**
 * The temporary table of the labels that an import brings, in its own transaction. `start = end = -1` for record
 * labels; `recordId` and `annotatorId` are filled once they are known.
 */
export const IMPORTED_LABELS = "imported_labels";

/** The temporary table of the places whose label {@link writeImportedLabels} made, changed or took away. */
export const CHANGED_LABELS = "changed_labels";

/** Makes both tables for one import. */
export async function createImportedLabels(client: pg.ClientBase): Promise<void> {
  await client.query(
    `create temp table ${IMPORTED_LABELS} (
       "id" uuid not null, "ord" int not null, "externalId" text not null, "annotator" text, "source" text,
       "label" text not null, "level" text not null, "value" text[] not null, "start" int not null,
       "end" int not null, "conf" float8, "confMethod" text, "metadata" jsonb not null,
       "recordId" uuid, "annotatorId" uuid
     ) on commit drop;
     create temp table ${CHANGED_LABELS} (
       "id" uuid not null, "recordId" uuid not null, "annotatorId" uuid not null, "label" text not null,
       "start" int not null, "end" int not null, "cleared" boolean not null
     ) on commit drop`,
  );
}

/**
 * Makes the imported annotators' labels of each (record, label) that the table names exactly those in it, with their
 * history; everybody else's stay. The table holds each place once. A label that a verification session or a verdict
 * stands on may change, and is never taken away. Writing the same again changes nothing.
 * @returns how many labels are new, changed or gone
 */
export async function writeImportedLabels(
  client: pg.ClientBase,
  { projectId, schemaVersion }: { projectId: string; schemaVersion: number },
): Promise<number> {
  await client.query(`analyze ${IMPORTED_LABELS}`);
  await clearOthers(client, projectId);
  await client.query(
    `with written as (
       insert into "Annotation" as a ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "start",
         "end", "value", "conf", "confMethod", "metadata", "schemaVersion")
       select "id", $1::uuid, "recordId", "annotatorId", "label", "level", "start", "end", "value", "conf",
         "confMethod", "metadata", $2::int
       from ${IMPORTED_LABELS}
       on conflict ("projectId", "recordId", "annotatorId", "labelName", "start", "end") do update
         set "value" = excluded."value", "conf" = excluded."conf", "confMethod" = excluded."confMethod",
           "metadata" = excluded."metadata", "schemaVersion" = excluded."schemaVersion", "updatedAt" = now()
         where (a."value", a."conf", a."confMethod", a."metadata")
           is distinct from (excluded."value", excluded."conf", excluded."confMethod", excluded."metadata")
       returning "id", "recordId", "annotatorId", "labelName", "start", "end"
     )
     insert into ${CHANGED_LABELS} select *, false from written`,
    [projectId, schemaVersion],
  );
  const { rowCount } = await client.query(
    `insert into "AnnotationEvent" ("id", "projectId", "annotationId", "recordId", "annotatorId", "labelName",
       "start", "end", "value", "cleared", "conf", "metadata")
     select gen_random_uuid(), $1::uuid, c."id", c."recordId", c."annotatorId", c."label", c."start", c."end",
       coalesce(a."value", '{}'), c."cleared", a."conf", coalesce(a."metadata", '{}')
     from ${CHANGED_LABELS} c left join "Annotation" a on a."projectId" = $1::uuid and a."id" = c."id"`,
    [projectId],
  );
  return rowCount ?? 0;
}

/** Takes away what the file no longer has of the labels that it names. */
async function clearOthers(client: pg.ClientBase, projectId: string): Promise<void> {
  await client.query(
    `with gone as (
       delete from "Annotation" a
       using (select distinct "recordId", "annotatorId", "label" from ${IMPORTED_LABELS}) n
       where a."projectId" = $1::uuid and a."recordId" = n."recordId" and a."annotatorId" = n."annotatorId"
         and a."labelName" = n."label"
         and not exists (select 1 from ${IMPORTED_LABELS} i where i."recordId" = a."recordId"
           and i."annotatorId" = a."annotatorId" and i."label" = a."labelName" and i."start" = a."start"
           and i."end" = a."end")
         and not exists (select 1 from "Verification" v
           where v."projectId" = a."projectId" and v."annotationId" = a."id")
         and not exists (select 1 from "SessionItem" s
           where s."projectId" = a."projectId" and s."annotationId" = a."id")
       returning a."id", a."recordId", a."annotatorId", a."labelName", a."start", a."end"
     )
     insert into ${CHANGED_LABELS} select *, true from gone`,
    [projectId],
  );
}
