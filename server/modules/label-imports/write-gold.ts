import type pg from "pg";
import type { LabelDefinition } from "@/contracts/label-schema";
import { IMPORTED_LABELS } from "@/server/modules/annotations";
import { type LabelRun, mergeMetadata } from "@/server/modules/records";
import { countChangedRows, nameRecords } from "./match-records";
import type { Written } from "./write-annotators";

type Gold = { gold: string | undefined; schema: readonly LabelDefinition[] };

/** Code points of a metadata name. */
const MAX_NAME = 100;

/**
 * Writes the waiting labels as gold: metadata that annotators never see. A single option is a text, several are a list,
 * spans a list of `{start, end, value}`.
 */
export async function writeAsGold(
  client: pg.ClientBase,
  run: LabelRun,
  { gold, schema }: Gold,
): Promise<Written> {
  const { projectId } = run;
  await nameRecords(client, run);
  const { rows: labels } = await client.query<{
    label: string;
    level: string;
    several: boolean;
    records: number;
  }>(
    `select "label", "level", bool_or(cardinality("value") > 1) as several,
       count(distinct "recordId")::int as records
     from ${IMPORTED_LABELS} group by 1, 2 order by 1`,
  );
  const names = labels.map(({ label, level, several, records }) => {
    const isList = level === "span" || several || schema.find(({ name }) => name === label)?.multi === true;
    return { label, isList, records, name: gold ?? [...`gold_${label}`].slice(0, MAX_NAME).join("") };
  });
  await client.query(
    `create temp table gold_facts on commit drop as
     select "recordId", jsonb_object_agg("name", "value") as "facts" from (
       select l."recordId", n."name", case
           when l."level" = 'span' then jsonb_agg(jsonb_build_object('start', l."start", 'end', l."end", 'value',
             case when cardinality(l."value") = 1 then to_jsonb(l."value"[1]) else to_jsonb(l."value") end)
             order by l."start", l."end")
           when n."isList" then (jsonb_agg(l."value") -> 0)
           else to_jsonb((jsonb_agg(l."value") -> 0) ->> 0) end as "value"
       from ${IMPORTED_LABELS} l
       join unnest($1::text[], $2::text[], $3::boolean[]) as n ("label", "name", "isList") on n."label" = l."label"
       group by l."recordId", n."name", n."isList", l."level"
     ) g group by "recordId"`,
    [names.map(({ label }) => label), names.map(({ name }) => name), names.map(({ isList }) => isList)],
  );
  await client.query(`create temp table gold_changed ("recordId" uuid not null) on commit drop`);
  const changed = await mergeMetadata(client, {
    projectId,
    from: "gold_facts",
    changed: "gold_changed",
    names: names.map(({ name, isList }) => ({ name, type: isList ? "json" : "string", visibility: "gold" })),
  });
  const rows = await countChangedRows(client, projectId, `gold_changed c on c."recordId" = l."recordId"`);
  return {
    rows,
    report: { changed, annotators: [], gold: names.map(({ name, records }) => ({ name, records })) },
  };
}
