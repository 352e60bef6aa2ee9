import type { SchemaElement } from "hyparquet";
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import type { JsonValue } from "@/contracts/common";
import { type Column, type ColumnType, keyOf } from "./column";

/** Characters of texts that are gathered before they are written as one row group … */
const GROUP_LENGTH = 1024 * 1024;
/** … and rows; the first group is small, so that the file begins to come at once. */
const GROUP_ROWS = 5_000;
const FIRST_GROUP_ROWS = 1000;

/**
 * Rows as Parquet, Snappy-compressed, in row groups that are sent as they fill. Columns are named as JSON keys are;
 * several values are lists, JSON stays JSON, times are milliseconds in UTC.
 */
export async function* writeParquet<Row>(
  columns: readonly Column<Row>[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  let most = FIRST_GROUP_ROWS;
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: "root", num_children: columns.length }, ...columns.flatMap(schemaOf)],
    statistics: false,
    createdBy: "Tandem",
  });
  let group = emptyGroup(columns);
  const writeGroup = () => {
    const columnData: ColumnSource[] = columns.map((column, at) => ({
      name: keyOf(column),
      data: group.values[at] ?? [],
      offsetIndex: false,
    }));
    writer.write({ columnData, rowGroupSize: group.rows });
    group = emptyGroup(columns);
    most = GROUP_ROWS;
    return takeBytes(bytes);
  };
  for await (const rows of batches) {
    for (const row of rows) {
      columns.forEach((column, at) => {
        const value = toParquet(column.type ?? "text", column.value(row));
        if (typeof value === "string") group.length += value.length;
        group.values[at]?.push(value);
      });
      group.rows += 1;
    }
    if (group.rows >= most || group.length >= GROUP_LENGTH) yield writeGroup();
  }
  if (group.rows > 0) yield writeGroup();
  writer.finish();
  yield takeBytes(bytes);
}

/** What has been written since the last time; places in the file go on being counted. */
function takeBytes(bytes: ByteWriter): Uint8Array {
  const taken = bytes.getBytes().slice();
  bytes.index = 0;
  return taken;
}

type Group = { rows: number; length: number; values: unknown[][] };

const emptyGroup = (columns: readonly unknown[]): Group => ({
  rows: 0,
  length: 0,
  values: columns.map(() => []),
});

function toParquet(type: ColumnType, value: JsonValue): unknown {
  if (value === null) return null;
  if (type === "time") return new Date(String(value));
  if (type === "texts" || type === "numbers") return Array.isArray(value) ? value : [value];
  return value;
}

const TEXT = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
const NUMBER = { type: "DOUBLE" } as const;
const leaves = {
  text: TEXT,
  number: NUMBER,
  boolean: { type: "BOOLEAN" },
  time: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
  json: { type: "BYTE_ARRAY", converted_type: "JSON" },
  texts: TEXT,
  numbers: NUMBER,
} as const satisfies Record<ColumnType, Partial<SchemaElement>>;

/** The elements of a column; a list is three, as the format's specification of logical types has it. */
function schemaOf<Row>(column: Column<Row>): SchemaElement[] {
  const { type = "text" } = column;
  const name = keyOf(column);
  const leaf = leaves[type];
  if (type !== "texts" && type !== "numbers") return [{ name, repetition_type: "OPTIONAL", ...leaf }];
  return [
    { name, repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "OPTIONAL", ...leaf },
  ];
}
