import type pg from "pg";
import type { JsonValue } from "@/contracts/common";
import { renderSql, type Sql } from "@/server/platform/sql";
import { streamBatches } from "@/server/platform/stream-rows";

/** What stands in one cell of a table: text is guarded against formulas, numbers are not. */
export type Cell = string | number;

export type Column<Row> = {
  /** Head of the column in a table. */
  name: string;
  /** The same as a key of JSON; `name` in camelCase when left out. */
  key?: string;
  value: (row: Row) => JsonValue;
  /** Of a table, when it is not what `cellOf` makes of the value. */
  cell?: (row: Row) => Cell;
};

/** One row in both forms. */
export type ExportRow = { values: JsonValue[]; cells: Cell[] };

/** A kind of export made ready: nothing of it has been read. */
export type ExportSource = {
  names: string[];
  keys: string[];
  /** Headers of the answer that this kind adds. */
  headers: Record<string, string>;
  batches: (pool: pg.Pool, signal: AbortSignal) => AsyncGenerator<ExportRow[]>;
};

/** Texts are up to 100,000 characters long, so that a batch of more rows could be large. */
const BATCH = 250;

/** Puts the rows of a statement into columns. */
export function exportSource<Row extends pg.QueryResultRow>(
  statement: Sql,
  columns: readonly Column<Row>[],
  headers: Record<string, string> = {},
): ExportSource {
  const { text, params } = renderSql(statement);
  const toRow = (row: Row): ExportRow => ({
    values: columns.map(({ value }) => value(row)),
    cells: columns.map(({ value, cell }) => (cell ? cell(row) : cellOf(value(row)))),
  });
  return {
    names: columns.map(({ name }) => name),
    keys: columns.map(({ name, key }) => key ?? camelCase(name)),
    headers,
    async *batches(pool, signal) {
      for await (const rows of streamBatches<Row>(pool, text, params, { batchSize: BATCH, signal }))
        yield rows.map(toRow);
    },
  };
}

/** A value in a cell: several texts, and everything that has structure, as JSON. */
function cellOf(value: JsonValue): Cell {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return String(value);
  return JSON.stringify(value);
}

/** The options of a label in a cell: one as it is, several as a JSON list. A text that looks like a list is put into one. */
export function optionsCell(options: readonly string[] | null): Cell {
  if (options === null) return "";
  const [first] = options;
  const single = options.length === 1 && first !== undefined && !first.startsWith("[");
  return single ? first : JSON.stringify(options);
}

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
