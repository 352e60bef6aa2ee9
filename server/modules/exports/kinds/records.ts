import type { JsonValue } from "@/contracts/common";
import type { MetadataType } from "@/contracts/imports";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { type Column, type ExportSource, exportSource } from "../column";
import type { ExportScope } from "./label-scope";
import { typesHeader } from "./types-header";

type RecordRow = { externalId: string; content: string; metadata: Record<string, JsonValue> };
type MetadataColumn = { name: string; type: MetadataType };

/**
 * Records with all their metadata, so that importing the file makes the same records again. A column whose values are
 * not all of one simple type holds JSON; `X-Tandem-Types` tells the import.
 */
export async function recordExport(db: Db, scope: ExportScope): Promise<ExportSource> {
  const metadata = await readColumns(db, scope);
  const columns: Column<RecordRow>[] = [
    { name: "id", value: (row) => row.externalId },
    { name: "content", value: (row) => row.content },
    ...metadata.map(metadataColumn),
  ];
  return exportSource(
    sql`select r."externalId", r."content", r."metadata" from "Record" r where ${scope.records} order by r."position"`,
    columns,
    { "x-tandem-types": typesHeader(metadata.map(({ name, type }) => [headOf(name), type])) },
  );
}

function metadataColumn({ name, type }: MetadataColumn): Column<RecordRow> {
  const value = ({ metadata }: RecordRow) =>
    Object.hasOwn(metadata, name) ? (metadata[name] ?? null) : null;
  const head = headOf(name);
  if (type !== "json") return { name: head, key: head, value };
  const cell = (row: RecordRow) => (value(row) === null ? "" : JSON.stringify(value(row)));
  return { name: head, key: head, value, cell };
}

/** No two columns may have one name. */
const headOf = (name: string): string => (name === "id" || name === "content" ? `metadata.${name}` : name);

/** The metadata names that occur, in the project's order, each with the type that all its values have. */
async function readColumns(db: Db, { projectId, records }: ExportScope): Promise<MetadataColumn[]> {
  return queryRows<MetadataColumn>(
    db,
    sql`select found."name", case when count(*) > 1 or min(found."type") in ('array', 'object') then 'json'
        else min(found."type") end as "type"
      from (select distinct m."key" as "name", jsonb_typeof(m."value") as "type"
        from "Record" r cross join lateral jsonb_each(r."metadata") m
        where ${records} and jsonb_typeof(m."value") <> 'null') found
      left join "MetadataName" n on n."projectId" = ${projectId}::uuid and n."name" = found."name"
      group by found."name", n."position"
      order by n."position", found."name" collate "C"`,
  );
}
