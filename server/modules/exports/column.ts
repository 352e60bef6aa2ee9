import type pg from "pg";
import type { JsonValue } from "@/contracts/common";
import { rawSql, renderSql, type Sql } from "@/server/platform/sql";
import { streamBatches } from "@/server/platform/stream-rows";

/** What stands in one cell of a table: text is guarded against formulas, numbers are not. */
export type Cell = string | number;

/** What the values of a column are, where a format must say so beforehand; none may be null as well. */
export type ColumnType = "text" | "number" | "boolean" | "time" | "json" | "texts" | "numbers";

export type Column<Row> = {
  /** Head of the column in a table. */
  name: string;
  /** The same as a key of JSON; `name` in camelCase when left out. */
  key?: string;
  /** `text` when left out. */
  type?: ColumnType;
  value: (row: Row) => JsonValue;
  /** Of a table, when it is not what {@link cellOf} makes of the value. */
  cell?: (row: Row) => Cell;
};

/** Turns rows into a file, piece by piece. */
export type RowWriter = <Row>(
  columns: readonly Column<Row>[],
  batches: AsyncIterable<readonly Row[]>,
) => AsyncGenerator<string | Uint8Array>;

/** A kind of export made ready: nothing of it has been read. */
export type ExportSource = {
  /** Headers of the answer that this kind adds. */
  headers: Record<string, string>;
  write: (pool: pg.Pool, signal: AbortSignal, writer: RowWriter) => AsyncGenerator<string | Uint8Array>;
};

/**
 * Characters that a batch should hold: so few that V8's young generation is collected only after many batches, since rows
 * that are in use twice when it is collected stay until the whole heap is.
 */
const BATCH_LENGTH = 64 * 1024;
/** Texts are up to 100,000 characters long, so that a batch of more rows could be large. */
const MOST_ROWS = 1000;
const FEWEST_ROWS = 50;

/** The rows of a statement, read in batches of a bounded size. */
export function streamSource<Row extends pg.QueryResultRow>(
  statement: Sql,
): (pool: pg.Pool, signal: AbortSignal) => AsyncGenerator<Row[]> {
  const { text, params } = renderSql(statement);
  const batchSize = (rows: readonly Row[]) => {
    if (rows.length === 0) return FEWEST_ROWS;
    const length = rows.reduce((sum, row) => sum + lengthOf(row), 0);
    return Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, (BATCH_LENGTH / length) * rows.length));
  };
  return (pool, signal) => streamBatches<Row>(pool, text, params, { batchSize, signal });
}

/** A `timestamptz` as a text in ISO 8601 with milliseconds, made where it costs the least. */
export const isoText = (column: string): Sql =>
  rawSql(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Puts the rows of a statement into columns. */
export function exportSource<Row extends pg.QueryResultRow>(
  statement: Sql,
  columns: readonly Column<Row>[],
  headers: Record<string, string> = {},
): ExportSource {
  const read = streamSource<Row>(statement);
  return { headers, write: (pool, signal, writer) => writer(columns, read(pool, signal)) };
}

/** About how many characters a row is; only its texts can be long. */
function lengthOf(row: pg.QueryResultRow): number {
  let length = 100;
  for (const name in row) if (typeof row[name] === "string") length += row[name].length;
  return length;
}

/** The cell of a column: its own, else what its value makes. */
export const cellMaker = <Row>({ value, cell }: Column<Row>): ((row: Row) => Cell) =>
  cell ?? ((row) => cellOf(value(row)));

/** A value in a cell: several texts, and everything that has structure, as JSON. */
function cellOf(value: JsonValue): Cell {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return String(value);
  return JSON.stringify(value);
}

/** The key of a column in JSON. */
export const keyOf = <Row>({ name, key }: Column<Row>): string => key ?? camelCase(name);

/** The options of a label in a cell: one as it is, several as a JSON list. A text that looks like a list is put into one. */
export function optionsCell(options: readonly string[] | null): Cell {
  if (options === null) return "";
  const [first] = options;
  const single = options.length === 1 && first !== undefined && !first.startsWith("[");
  return single ? first : JSON.stringify(options);
}

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
