import type pg from "pg";
import { IMPORTED_LABELS } from "@/server/modules/annotations";
import { type LabelRun, STAGED_ROWS } from "@/server/modules/records";

/** Finds the record of each row: by the id it has, else by its text, of several equal texts the first. */
export async function matchRecords(client: pg.ClientBase, { projectId }: LabelRun): Promise<void> {
  await client.query(`analyze ${STAGED_ROWS}`);
  await client.query(
    `with found as (
       select distinct on (s.ord) s.ord, r."externalId"
       from ${STAGED_ROWS} s
       join "Record" r on r."projectId" = $1::uuid and r."deletedAt" is null and r."content" = s.content
       where (s.labels ->> 'byContent')::boolean
       order by s.ord, r."position"
     )
     update ${STAGED_ROWS} s set "externalId" = found."externalId" from found
     where s.ord = found.ord and s."externalId" <> found."externalId"`,
    [projectId],
  );
}

type Turned = {
  refused: number;
  unknown: "create" | "refuse";
  /** Whether a row is one label, so that a record's labels are spread over rows. */
  rowIsLabel: boolean;
};

/**
 * Takes out what can't be taken: rows whose record has another text or is deleted, unknown ones when they are not
 * wanted, and rows that say something else of a place than an earlier row. The labels of the others wait in
 * {@link IMPORTED_LABELS}, each place once.
 * @param refused how many rows of the import are refused already
 * @returns how many more are
 */
export async function refuseRows(
  client: pg.ClientBase,
  run: LabelRun,
  { refused, unknown, rowIsLabel }: Turned,
): Promise<number> {
  const byRecord = await refuse(client, run, refused, refusedByRecord, [run.projectId, unknown === "refuse"]);
  await explodeLabels(client);
  const byLabel = await refuse(client, run, refused + byRecord, refusedByLabel(rowIsLabel), []);
  await client.query(
    `delete from ${IMPORTED_LABELS} l
     using (select ctid, row_number() over (partition by "externalId", "annotator", "source", "label", "start", "end"
       order by "ord") as nth from ${IMPORTED_LABELS}) n
     where l.ctid = n.ctid and (n.nth > 1 or not exists (select 1 from ${STAGED_ROWS} s where s.ord = l."ord"))`,
  );
  return byRecord + byLabel;
}

/** Rows to refuse as `ord, line, "externalId", code, message`. */
const refusedByRecord = `
  select s.ord, s.line, s."externalId",
    case when r."id" is null and s.content = s.first then 'unknown_record'
      when r."deletedAt" is not null then 'unknown_record' else 'text_differs' end as code,
    case when r."deletedAt" is not null then 'The record with this id is deleted. Restore it first.'
      when r."id" is not null then 'The record with this id has another text; labels are about a text.'
      when s.content <> s.first then 'The same id stands earlier in the file with another text.'
      else 'The project has no such record.' end as message
  from (select *, first_value(content) over (partition by "externalId" order by ord) as first from ${STAGED_ROWS}) s
  left join "Record" r on r."projectId" = $1::uuid and r."externalId" = s."externalId"
  where r."deletedAt" is not null or r."content" <> s.content
    or (r."id" is null and ($2::boolean or s.content <> s.first))`;

/**
 * Rows that contradict an earlier one of the same record, annotator and label. Where a row is one label, on one place;
 * where it is a record with all its labels, in any of them.
 */
const refusedByLabel = (rowIsLabel: boolean) => `
  select s.ord, s.line, s."externalId", 'conflicting_labels' as code,
    'An earlier row of the file has other values of "' || min(c."label") || '"' || coalesce(' by ' || min(c."annotator"), '')
      || ' on this record.' as message
  from (
    select "ord", "label", "annotator", said, first_value(said) over (
      partition by "externalId", "annotator", "source", "label"${rowIsLabel ? `, "start", "end"` : ""} order by "ord") as first
    from (
      select "ord", "externalId", "annotator", "source", "label"${rowIsLabel ? `, "start", "end"` : ""},
        array_agg(("start", "end", "value")::text order by "start", "end") as said
      from ${IMPORTED_LABELS} group by 1, 2, 3, 4, 5${rowIsLabel ? ", 6, 7" : ""}
    ) l
  ) c
  join ${STAGED_ROWS} s on s.ord = c."ord"
  where c.said <> c.first
  group by s.ord, s.line, s."externalId"`;

async function refuse(
  client: pg.ClientBase,
  { projectId, importId }: LabelRun,
  refused: number,
  rows: string,
  params: readonly unknown[],
): Promise<number> {
  const at = params.length;
  const { rowCount } = await client.query(
    `with bad as (${rows}), gone as (delete from ${STAGED_ROWS} s using bad where s.ord = bad.ord)
     insert into "ImportRefusal" ("projectId", "importId", "ordinal", "line", "externalId", "code", "message")
     select $${at + 1}::uuid, $${at + 2}::uuid, $${at + 3}::int + row_number() over (order by ord), line, "externalId",
       code, message from bad`,
    [...params, projectId, importId, refused],
  );
  return rowCount ?? 0;
}

async function explodeLabels(client: pg.ClientBase): Promise<void> {
  await client.query(
    `insert into ${IMPORTED_LABELS} ("id", "ord", "externalId", "annotator", "source", "label", "level", "value",
       "start", "end", "conf", "confMethod", "metadata")
     select l."i", s.ord, s."externalId", l."a", l."s", l."n", l."l", l."v", l."b", l."e", l."c", l."m",
       coalesce(l."d", '{}')
     from ${STAGED_ROWS} s,
       jsonb_to_recordset(s.labels -> 'labels') as l ("i" uuid, "a" text, "s" text, "n" text, "l" text, "v" text[],
         "b" int, "e" int, "c" float8, "m" text, "d" jsonb)`,
  );
}

/** Fills in which record each label is on, once all of them are there. */
export async function nameRecords(client: pg.ClientBase, { projectId }: LabelRun): Promise<void> {
  await client.query(
    `update ${IMPORTED_LABELS} l set "recordId" = r."id"
     from ${STAGED_ROWS} s
     join "Record" r on r."projectId" = $1::uuid and r."externalId" = s."externalId" and r."content" = s.content
     where s.ord = l."ord"`,
    [projectId],
  );
  const { rows } = await client.query(`select 1 from ${IMPORTED_LABELS} where "recordId" is null limit 1`);
  if (rows.length > 0)
    throw new Error("A text changed while its labels were imported; the import begins anew.");
}

/**
 * Rows of records that were there, or that an earlier row of the file made, among those whose labels changed.
 * @param changed a select of `"recordId"` and, where labels are written, their place
 */
export async function countChangedRows(
  client: pg.ClientBase,
  projectId: string,
  changed: string,
): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from ${STAGED_ROWS} s
     join "Record" r on r."projectId" = $1::uuid and r."externalId" = s."externalId"
     where r."id" <> s.id and exists (select 1 from ${IMPORTED_LABELS} l join ${changed} where l."ord" = s.ord)`,
    [projectId],
  );
  return rows[0]?.n ?? 0;
}
