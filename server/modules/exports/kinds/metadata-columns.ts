import type { MetadataType } from "@/contracts/imports";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { ExportScope } from "./label-scope";

export type MetadataColumn = { name: string; type: MetadataType };

/** Records that are looked at before the project's own list of names is believed. */
const LOOK = 2000;

/**
 * The metadata names that occur on the records, in the project's order, each with the type that all its values have. A
 * million records aren't read for it: the project keeps what type each name's values have, and only names whose type or
 * presence can't be told from that and from the first records are looked for in all of them.
 */
export async function readMetadataColumns(db: Db, scope: ExportScope): Promise<MetadataColumn[]> {
  const { projectId, records } = scope;
  const declared = await queryRows<MetadataColumn>(
    db,
    sql`select n."name", n."type" from "MetadataName" n where n."projectId" = ${projectId}::uuid
      order by n."position", n."name" collate "C"`,
  );
  const first = await readTypes(
    db,
    sql`select r."metadata" from "Record" r where ${records} order by r."position" limit ${LOOK}::int`,
  );
  const known = new Map(declared.map(({ name, type }) => [name, type]));
  const isSure = (name: string) => known.get(name) !== "json" && first.get(name) === known.get(name);
  const unsure = [...new Set([...known.keys(), ...first.keys()])].filter((name) => !isSure(name));
  const all =
    unsure.length === 0
      ? new Map<string, MetadataType>()
      : await readTypes(
          db,
          sql`select r."metadata" from "Record" r where ${records} and r."metadata" ?| ${unsure}::text[]`,
          unsure,
        );
  const types = new Map([...[...first].filter(([name]) => isSure(name)), ...all]);
  return [
    ...declared.map(({ name }) => name),
    ...[...types.keys()].filter((name) => !known.has(name)).sort(),
  ].flatMap((name) => {
    const type = types.get(name);
    return type === undefined ? [] : [{ name, type }];
  });
}

/** Types by name, in the order of code points, of the metadata that a statement finds. */
async function readTypes(db: Db, found: Sql, names?: readonly string[]): Promise<Map<string, MetadataType>> {
  const rows = await queryRows<MetadataColumn>(
    db,
    sql`select t."name", case when count(*) > 1 or min(t."type") in ('array', 'object') then 'json'
        else min(t."type") end as "type"
      from (select distinct m."key" as "name", jsonb_typeof(m."value") as "type"
        from (${found}) f cross join lateral jsonb_each(f."metadata") m
        where jsonb_typeof(m."value") <> 'null'
          and ${names === undefined ? rawSql("true") : sql`m."key" = any(${names}::text[])`}) t
      group by t."name" order by t."name" collate "C"`,
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}
