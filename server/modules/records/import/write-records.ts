import type pg from "pg";
import type { ColumnTypes } from "./column-types";
import { STAGED_ROWS } from "./label-import";
import { MARKS } from "./near/near-duplicates";

/** Parameters and SQL by which staged metadata becomes what is stored. */
type Metadata = { sql: string; params: readonly unknown[] };

/**
 * SQL that turns the texts of columns found to be numbers or booleans into such, and adds the earlier twin of a row
 * where those are marked; `metadata` as it is when nothing is to be done.
 * @param first number of its first parameter
 */
export function convertedMetadata(types: ColumnTypes, marked: boolean, first: number): Metadata {
  const { sql, params } = typedMetadata(types, first);
  const twin = `coalesce((select jsonb_build_object('duplicate_of', m.twin) from ${MARKS} m where m.ord = s.ord), '{}')`;
  return { sql: marked ? `${sql} || ${twin}` : sql, params };
}

function typedMetadata(types: ColumnTypes, first: number): Metadata {
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

/** Blocks of the staging table that one statement writes: about 30,000 rows of a tweet's length. */
const BLOCKS = 1024;

export type WriteRun = {
  projectId: string;
  firstPosition: bigint;
  types: ColumnTypes;
  /** Whether rows that repeat an earlier text are marked. */
  marked: boolean;
};

/**
 * Writes the staged rows whose ids are new, the first of each id, some blocks of the table at a time: its rows lie
 * in the order of the file. The unique index decides what is new, so that two imports at once never write one id
 * twice.
 * @param onBatch told the share that is written, 0 to 1; what it throws ends the writing
 * @returns how many were written
 */
export async function insertNewRecords(
  client: pg.ClientBase,
  { projectId, firstPosition, types, marked }: WriteRun,
  onBatch: (share: number) => Promise<void>,
): Promise<number> {
  const metadata = convertedMetadata(types, marked, 5);
  const blocks = await stagedBlocks(client);
  let written = 0;
  for (let at = 0; at < blocks; at += BLOCKS) {
    const { rowCount } = await client.query(
      `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position")
       select s.id, $1::uuid, s."externalId", s.content, ${metadata.sql}, $2::bigint + s.ord - 1
       from ${STAGED_ROWS} s where s.ctid >= $3::tid and s.ctid < $4::tid order by s.ord
       on conflict ("projectId", "externalId") do nothing`,
      [projectId, firstPosition, `(${at},0)`, `(${at + BLOCKS},0)`, ...metadata.params],
    );
    written += rowCount ?? 0;
    await onBatch(Math.min((at + BLOCKS) / blocks, 1));
  }
  return written;
}

async function stagedBlocks(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ blocks: number }>(
    `select (pg_relation_size('${STAGED_ROWS}') / current_setting('block_size')::int)::int as blocks`,
  );
  return rows[0]?.blocks ?? 0;
}

/** Staged rows that were not written because a deleted record has their id. */
export async function countDeleted(client: pg.ClientBase, projectId: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from ${STAGED_ROWS} s
     join "Record" r on r."projectId" = $1::uuid and r."externalId" = s."externalId"
     where r."deletedAt" is not null`,
    [projectId],
  );
  return rows[0]?.n ?? 0;
}

/** Records that this import wrote and marked as repeating an earlier text. */
export async function countMarked(client: pg.ClientBase, projectId: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from ${MARKS} m join ${STAGED_ROWS} s using (ord)
     join "Record" r on r."projectId" = $1::uuid and r."id" = s.id`,
    [projectId],
  );
  return rows[0]?.n ?? 0;
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
         when r."deletedAt" is null then 'The project has a record with this id.'
         else 'A deleted record of the project has this id; onExisting=update brings it back.' end
     from (select *, min(ord) over (partition by "externalId") as first from ${STAGED_ROWS}) s
     join "Record" r on r."projectId" = $1::uuid and r."externalId" = s."externalId"
     where r."id" <> s.id`,
    [projectId, importId, refused],
  );
  return rowCount ?? 0;
}
