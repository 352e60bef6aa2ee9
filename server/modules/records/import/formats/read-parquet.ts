import { decompress as unpackZstd } from "fzstd";
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { JsonValue } from "@/contracts/common";
import { AppError, isAppError } from "@/server/platform/errors";
import { MAX_COLUMNS } from "../limits";
import type { RowGroup, RowReader } from "../row-reader";
import type { SourceRow } from "../source-row";
import type { FileBytes } from "../stored-file";
import { ObjectRows } from "./object-rows";
import { GroupBounds, MAX_GROUP, MAX_PAGE, MEGABYTE, tooLarge } from "./parquet-bounds";
import { jsonOf, NotJson, parsers } from "./parquet-values";

/** Rows decoded at a time. Nested columns are decoded by row group anyhow, so fewer pieces are quicker. */
const WINDOW = 20_000;
const NESTED_WINDOW = 100_000;
/** Bytes of the footer, which describes the columns and row groups. */
const MAX_FOOTER = 64 * MEGABYTE;

/** An opened Parquet file: the names of its columns and its rows. */
export type ParquetTable = { columns: string[]; rows: number; metadata: FileMetaData; buffer: GroupBuffer };

/** @throws AppError `malformed_file`, `too_many_columns` */
export async function openParquet(file: FileBytes): Promise<ParquetTable> {
  const buffer = new GroupBuffer(file);
  const metadata = await orMalformed(buffer, async () => {
    await refuseHugeFooter(buffer);
    return parquetMetadataAsync(buffer, { parsers, geoparquet: false });
  });
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  if (columns.length > MAX_COLUMNS)
    throw new AppError("too_many_columns", `The file has more than ${MAX_COLUMNS} columns.`);
  return { columns, rows: Number(metadata.num_rows), metadata, buffer };
}

/** The rows of a Parquet file in groups; their lines are their numbers, from 1. */
export async function* readParquet(file: FileBytes, reader: RowReader): AsyncGenerator<RowGroup> {
  const table = await openParquet(file);
  const rows = new ObjectRows(table.columns, reader, "bad_type");
  const { mapping } = rows;
  const wanted = mapping
    ? table.columns.filter(
        (name) => name === mapping.id || name === mapping.content || mapping.metadata.includes(name),
      )
    : table.columns;
  let ordinal = 0;
  for await (const objects of windows(table, wanted)) {
    yield {
      rows: objects.map((object) => {
        ordinal += 1;
        return readObject(object, ordinal, rows);
      }),
      share: ordinal / Math.max(table.rows, 1),
    };
  }
}

/** The first rows, at most `limit`, for a look into the file. What can't be JSON is left out. */
export async function firstParquetRows(
  table: ParquetTable,
  limit: number,
): Promise<ReadonlyMap<string, JsonValue>[]> {
  for await (const objects of windows(table, table.columns, limit))
    return objects.map((object) => valuesOf(object).values);
  return [];
}

async function* windows(
  { metadata, buffer }: ParquetTable,
  columns: string[],
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Record<string, unknown>[]> {
  const schema = parquetSchema(metadata);
  const wanted = schema.children.filter(({ element }) => columns.includes(element.name));
  const isNested = wanted.some(({ children }) => children.length > 0);
  const step = Math.min(isNested ? NESTED_WINDOW : WINDOW, limit);
  let first = 0;
  for (const group of metadata.row_groups) {
    const end = first + Number(group.num_rows);
    buffer.open(new GroupBounds(group, { schema, wanted, compressors: guarded }));
    for (let rowStart = first; rowStart < Math.min(end, limit); rowStart += step) {
      const rowEnd = Math.min(rowStart + step, end, limit);
      yield await orMalformed(buffer, () =>
        parquetReadObjects({
          ...{ file: buffer, metadata, columns, rowStart, rowEnd },
          ...{ compressors: guarded, parsers, geoparquet: false },
        }),
      );
    }
    first = end;
  }
}

function readObject(object: Record<string, unknown>, ordinal: number, rows: ObjectRows): SourceRow {
  const { values, fault } = valuesOf(object);
  const read = rows.read({ line: ordinal, ordinal, values });
  if (fault === undefined) return read;
  const known = read.externalId === undefined ? {} : { externalId: read.externalId };
  return { line: ordinal, ...known, code: "bad_type", message: fault };
}

function valuesOf(object: Record<string, unknown>): { values: Map<string, JsonValue>; fault?: string } {
  const values = new Map<string, JsonValue>();
  let fault: string | undefined;
  for (const [name, value] of Object.entries(object)) {
    try {
      const json = jsonOf(value);
      if (json !== undefined) values.set(name, json);
    } catch (reason) {
      if (!(reason instanceof NotJson)) throw reason;
      fault ??= `"${name}" ${reason.message}.`;
    }
  }
  return fault === undefined ? { values } : { values, fault };
}

/** Bytes of a file by their place; those of the row group at hand are kept, since each window needs them again. */
class GroupBuffer implements AsyncBuffer {
  private readonly kept = new Map<string, Promise<ArrayBuffer>>();
  private bounds: GroupBounds | undefined;
  /** Why the file could not be read, when that was its store's fault. */
  failure: unknown;

  constructor(private readonly file: FileBytes) {}

  get byteLength(): number {
    return this.file.size;
  }

  slice(start: number, end = this.file.size): Promise<ArrayBuffer> {
    const key = `${start} ${end}`;
    const known = this.kept.get(key);
    if (known) return known;
    const read = this.read(start, end);
    this.kept.set(key, read);
    return read;
  }

  /** Turns to another row group, whose bytes are looked through before they are given. */
  open(bounds: GroupBounds): void {
    this.kept.clear();
    this.bounds = bounds;
  }

  private async read(start: number, end: number): Promise<ArrayBuffer> {
    if (end - start > MAX_GROUP || start < 0 || end > this.file.size)
      throw tooLarge(`is larger than ${MAX_GROUP / MEGABYTE} MB`);
    const whole = new Uint8Array(end - start);
    for (let at = start; at < end; at += MEGABYTE) {
      try {
        whole.set(await this.file.slice(at, Math.min(at + MEGABYTE, end)), at - start);
      } catch (error) {
        this.failure = error;
        throw error;
      }
    }
    this.bounds?.check(whole.buffer, start);
    return whole.buffer;
  }
}

/** Packed pages, into as much room as their heads say. */
const guarded: Compressors = Object.fromEntries(
  Object.entries({
    ...compressors,
    ZSTD: (input, size) => unpackZstd(input, new Uint8Array(size)),
  } satisfies Compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, size: number) => {
      if (size > MAX_PAGE) throw tooLarge(`has a page larger than ${MAX_PAGE / MEGABYTE} MB`);
      return unpack(input, size);
    },
  ]),
);

async function refuseHugeFooter(buffer: GroupBuffer): Promise<void> {
  const end = Buffer.from(await buffer.slice(Math.max(buffer.byteLength - 8, 0)));
  if (end.length < 8 || end.toString("latin1", 4) !== "PAR1") throw new Error("its end is missing");
  if (end.readUInt32LE(0) > MAX_FOOTER) throw new Error("its footer is too large");
}

/** What goes wrong while reading is the file's fault, unless its store failed. */
async function orMalformed<T>(buffer: GroupBuffer, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (buffer.failure !== undefined) throw buffer.failure;
    if (isAppError(error)) throw error;
    const what = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
    const message = `The Parquet file can't be read (${what}). It may be damaged or cut off; write it anew.`;
    throw new AppError("malformed_file", message, { errors: [{ path: "file", message }], cause: error });
  }
}
