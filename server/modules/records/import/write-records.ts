import type pg from "pg";
import type { ColumnTypes } from "./column-types";

/** Parameters and SQL by which staged metadata becomes what is stored. */
type Metadata = { sql: string; params: readonly unknown[] };

/**
 * SQL that turns the texts of columns found to be numbers or booleans into such; `metadata` as it is when no
 * column needs it.
 * @param first number of its first parameter
 */
export function convertedMetadata(types: ColumnTypes, first: number): Metadata {
  const numbers = types.toConvert("number");
  const booleans = types.toConvert("boolean");
  if (numbers.length + booleans.length === 0) return { sql: "s.metadata", params: [] };
  return {
    sql: `(select coalesce(jsonb_object_agg(key, case
        when key = any($${first}::text[]) then to_jsonb((value #>> '{}')::numeric)
        when key = any($${first + 1}::text[]) then to_jsonb((value #>> '{}')::boolean)
        else value end), '{}') from jsonb_each(s.metadata))`,
    params: [numbers, booleans],
  };
}

/**
 * Writes the staged rows whose ids are new, the first of each id, in one statement. The unique index decides
 * what is new, so that two imports at once never write one id twice.
 * @returns how many were written
 */
export async function insertNewRecords(
  client: pg.ClientBase,
  { projectId, firstPosition, types }: { projectId: string; firstPosition: bigint; types: ColumnTypes },
): Promise<number> {
  const metadata = convertedMetadata(types, 3);
  const { rowCount } = await client.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position")
     select s.id, $1::uuid, s."externalId", s.content, ${metadata.sql}, $2::bigint + s.ord - 1
     from import_rows s order by s.ord
     on conflict ("projectId", "externalId") do nothing`,
    [projectId, firstPosition, ...metadata.params],
  );
  return rowCount ?? 0;
}

/** Refuses the staged rows that were not written because their id is there: in the file before, or in the project. */
export async function refuseExisting(
  client: pg.ClientBase,
  { projectId, importId, refused }: { projectId: string; importId: string; refused: number },
): Promise<number> {
  const { rowCount } = await client.query(
    `insert into "ImportRefusal" ("projectId", "importId", "ordinal", "line", "externalId", "code", "message")
     select $1::uuid, $2::uuid, $3::int + row_number() over (order by s.ord), s.line, s."externalId",
       case when s.ord > s.first then 'duplicate_id' else 'id_exists' end,
       case when s.ord > s.first then 'The same id stands earlier in the file.'
         else 'The project has a record with this id.' end
     from (select *, min(ord) over (partition by "externalId") as first from import_rows) s
     where not exists (select from "Record" r where r."projectId" = $1::uuid and r."id" = s.id)`,
    [projectId, importId, refused],
  );
  return rowCount ?? 0;
}
