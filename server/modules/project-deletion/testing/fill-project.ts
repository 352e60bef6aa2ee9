import type pg from "pg";
import { newId } from "@/server/platform/ids";
import { PROJECT_TABLES, ROOM_TABLES } from "../project-tables";

type Column = { table: string; name: string; type: string; needed: boolean };
type ForeignKey = { table: string; columns: string[]; target: string; targetColumns: string[] };
type Row = Record<string, unknown>;

/** As text, for any column of the type that is not a reference. The external id of a record is the same in every project. */
const VALUES: Record<string, () => string> = {
  uuid: newId,
  text: () => `text ${newId()}`,
  int4: () => "1",
  int8: () => "1",
  float4: () => "1",
  float8: () => "1",
  bool: () => "false",
  timestamptz: () => new Date().toISOString(),
  json: () => "{}",
  jsonb: () => "{}",
  bytea: () => "\\x00",
  bit: () => "0".repeat(256),
};
const SET: Record<string, Row> = {
  Record: { externalId: "e1" },
  Job: { status: "succeeded" },
  ImportRun: { status: "succeeded", storedAs: null },
};

/** Every foreign key between tables of the database. */
export async function readForeignKeys(pool: pg.Pool): Promise<ForeignKey[]> {
  const { rows } = await pool.query<ForeignKey>(
    `select c.conrelid::regclass::text as "table", c.confrelid::regclass::text as "target",
       (select array_agg(a.attname::text order by k.n) from unnest(c.conkey) with ordinality k(at, n)
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.at) as "columns",
       (select array_agg(a.attname::text order by k.n) from unnest(c.confkey) with ordinality k(at, n)
         join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.at) as "targetColumns"
     from pg_constraint c where c.contype = 'f'`,
  );
  return rows.map((row) => ({ ...row, table: unquoted(row.table), target: unquoted(row.target) }));
}

const unquoted = (name: string) => name.replaceAll('"', "");

/** Writes one row into every table that holds rows of a project, parents first, as the catalog describes them. */
export async function fillProject(pool: pg.Pool, projectId: string, userId: string): Promise<void> {
  const keys = await readForeignKeys(pool);
  const { rows: columns } = await pool.query<Column>(
    `select c.table_name as "table", c.column_name as "name", c.udt_name as "type",
       c.is_nullable = 'NO' and c.column_default is null as "needed"
     from information_schema.columns c where c.table_schema = 'public'`,
  );
  const { rows: enums } = await pool.query<{ type: string; label: string }>(
    `select t.typname as "type", min(e.enumlabel) as "label" from pg_enum e join pg_type t on t.oid = e.enumtypid group by 1`,
  );
  const labels = new Map(enums.map(({ type, label }) => [type, label]));
  const made: Record<string, Row> = { Project: { id: projectId }, User: { id: userId } };
  for (const table of [...PROJECT_TABLES].reverse()) {
    const row: Row = {};
    for (const { name, type, needed } of columns.filter((column) => column.table === table))
      if (needed) row[name] = type.startsWith("_") ? "{}" : (labels.get(type) ?? VALUES[type]?.());
    row.projectId = projectId;
    for (const { columns: own, target, targetColumns } of keys.filter((key) => key.table === table))
      own.forEach((column, index) => {
        row[column] = made[target]?.[targetColumns[index] ?? ""] ?? row[column];
      });
    made[table] = { ...row, ...SET[table], ...(table === "CollabRoom" ? { name: roomOf(projectId) } : {}) };
    await insert(pool, table, made[table]);
  }
  for (const table of ROOM_TABLES) {
    const row: Row = {};
    for (const { name, type, needed } of columns.filter((column) => column.table === table))
      if (needed) row[name] = VALUES[type]?.();
    await insert(pool, table, { ...row, room: roomOf(projectId) });
  }
}

async function insert(pool: pg.Pool, table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  await pool.query(
    `insert into "${table}" (${names.map((name) => `"${name}"`)}) values (${names.map((_, at) => `$${at + 1}`)})
     on conflict do nothing`,
    Object.values(row),
  );
}

/** How many rows of a project each table holds, by its name. */
export async function countRows(pool: pg.Pool, projectId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of PROJECT_TABLES)
    counts[table] = await count(pool, table, `"projectId" = $1::uuid`, projectId);
  for (const table of ROOM_TABLES) counts[table] = await count(pool, table, `"room" = $1`, roomOf(projectId));
  return counts;
}

/** The name of a filled project's room. */
const roomOf = (projectId: string) => `room of ${projectId}`;

async function count(pool: pg.Pool, table: string, which: string, value: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as "count" from "${table}" where ${which}`,
    [value],
  );
  return rows[0]?.count ?? 0;
}
