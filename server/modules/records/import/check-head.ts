import type { JsonValue } from "@/contracts/common";
import type { ImportOptions } from "@/contracts/imports";
import { CsvReader, type CsvRow } from "./formats/csv-reader";
import { decodeHead } from "./formats/encoding";
import { JsonArrayReader } from "./formats/json-array-reader";
import { JsonLinesReader } from "./formats/json-reader";
import { findDelimiter, headerNames } from "./formats/read-csv";
import { HEAD_OBJECTS, keysOf, parsePiece } from "./formats/read-json";
import { refuseBinary, requireSignature } from "./formats/refuse-binary";
import { HEAD_BYTES } from "./limits";
import { resolveMapping } from "./mapping";
import { isBinary, isText } from "./row-reader";

/** What the first bytes of a file show. `columns` is undefined when they hold no whole first row. */
export type Head = { columns: string[] | undefined; rows: ReadonlyMap<string, JsonValue>[] };

type Asked = Pick<ImportOptions, "format" | "encoding"> & Partial<Pick<ImportOptions, "unescapeFormulas">>;

/**
 * Reads the first rows of a file.
 * @param whole whether `bytes` are the whole file, so that its last row is complete
 * @throws AppError `binary_file`, `malformed_file`, `too_many_columns`
 */
export function readHead(bytes: Uint8Array, options: Asked, whole: boolean, limit = HEAD_OBJECTS): Head {
  refuseBinary(bytes, options.encoding === "utf-16le");
  const text = decodeHead(bytes, options.encoding);
  return isText(options)
    ? readCsvHead(text, options, whole, limit)
    : readJsonHead(text, options, whole, limit);
}

/**
 * Refuses a file whose first bytes show that it can't be imported as asked, before the rest is taken in.
 * @throws AppError `invalid_mapping` and as {@link readHead}
 */
export function checkHead(bytes: Uint8Array, options: ImportOptions): void {
  if (isBinary(options)) {
    requireSignature(bytes, options.format);
    return;
  }
  if (options.kind === "labels") {
    refuseBinary(bytes, options.encoding === "utf-16le");
    return;
  }
  const { columns } = readHead(bytes, options, bytes.length < HEAD_BYTES);
  if (columns) resolveMapping(columns, options);
}

function readCsvHead(text: string, asked: Asked, whole: boolean, limit: number): Head {
  const reader = new CsvReader(findDelimiter(text, asked.format));
  const rows: CsvRow[] = [];
  for (const row of reader.push(text)) {
    rows.push(row);
    if (rows.length > limit) break;
  }
  const last = whole && rows.length <= limit ? reader.end() : undefined;
  const [header, ...data] = last ? [...rows, last] : rows;
  if (!header) return { columns: whole ? [] : undefined, rows: [] };
  const columns = headerNames(header, asked);
  return {
    columns,
    rows: data.map((row) => new Map(columns.map((name, at) => [name, row.cells[at] ?? ""]))),
  };
}

function readJsonHead(text: string, { format }: Asked, whole: boolean, limit: number): Head {
  const reader = format === "json" ? new JsonArrayReader() : new JsonLinesReader();
  const pieces = [...reader.push(text)];
  const last = whole ? reader.end() : undefined;
  const objects = (last ? [...pieces, last] : pieces).slice(0, limit).flatMap((piece, at) => {
    const parsed = parsePiece(piece, at + 1);
    return "values" in parsed ? [parsed.values] : [];
  });
  return { columns: objects.length > 0 || whole ? keysOf(objects) : undefined, rows: objects };
}
