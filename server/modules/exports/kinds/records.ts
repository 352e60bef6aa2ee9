import type { JsonValue } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { rawSql, sql } from "@/server/platform/sql";
import { type Column, type ColumnType, type ExportSource, exportSource } from "../column";
import { type ExportScope, isAfter } from "./label-scope";
import { type MetadataColumn, readMetadataColumns } from "./metadata-columns";
import { typesHeader } from "./types-header";

type RecordRow = { externalId: string; content: string; metadata: Record<string, JsonValue> };

/**
 * Records with all their metadata, so that importing the file makes the same records again. A column whose values are
 * not all of one simple type holds JSON; `X-Tandem-Types` tells the import.
 */
export async function recordExport(db: Db, scope: ExportScope): Promise<ExportSource> {
  const metadata = await readMetadataColumns(db, scope);
  const columns: Column<RecordRow>[] = [
    { name: "id", value: (row) => row.externalId },
    { name: "content", value: (row) => row.content },
    ...metadata.map(metadataColumn),
  ];
  return exportSource(
    sql`select r."externalId", r."content", r."metadata" from "Record" r
      where ${scope.records} and ${isAfter(scope, rawSql(`r."position"`))} order by r."position"`,
    columns,
    { "x-tandem-types": typesHeader(metadata.map(({ name, type }) => [headOf(name), type])) },
  );
}

const columnTypes: Record<MetadataColumn["type"], ColumnType> = {
  string: "text",
  number: "number",
  boolean: "boolean",
  json: "json",
};

function metadataColumn({ name, type }: MetadataColumn): Column<RecordRow> {
  const value = ({ metadata }: RecordRow) =>
    Object.hasOwn(metadata, name) ? (metadata[name] ?? null) : null;
  const head = headOf(name);
  const column = { name: head, key: head, type: columnTypes[type], value };
  if (type !== "json") return column;
  return { ...column, cell: (row) => (value(row) === null ? "" : JSON.stringify(value(row))) };
}

/** No two columns may have one name. */
const headOf = (name: string): string => (name === "id" || name === "content" ? `metadata.${name}` : name);
