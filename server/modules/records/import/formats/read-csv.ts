import type { JsonValue } from "@/contracts/common";
import type { ImportOptions } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";
import { checkRow } from "../check-row";
import { readAs } from "../column-types";
import { MAX_COLUMNS } from "../limits";
import { resolveMapping } from "../mapping";
import type { SourceRow } from "../source-row";
import { CsvReader, type CsvRow } from "./csv-reader";
import { unescapeFormula } from "./unescape-formula";

/** Which columns become what, by number. */
type Columns = {
  names: string[];
  id: number | null;
  content: number;
  metadata: [name: string, at: number][];
};

/** The rows of a CSV or TSV file, in groups. @throws AppError `invalid_mapping`, `too_many_columns` */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  options: ImportOptions,
): AsyncGenerator<SourceRow[]> {
  let reader: CsvReader | undefined;
  let columns: Columns | undefined;
  let ordinal = 0;
  const read = (row: CsvRow, open: CsvReader): SourceRow[] => {
    if (!columns) {
      columns = findColumns(row, options);
      open.keepOnly(new Set([columns.content, columns.id ?? -1, ...columns.metadata.map(([, at]) => at)]));
      return [];
    }
    ordinal += 1;
    return [readRow(row, ordinal, columns, options)];
  };
  for await (const chunk of chunks) {
    reader ??= new CsvReader(findDelimiter(chunk, options.format));
    const rows: SourceRow[] = [];
    for (const row of reader.push(chunk)) rows.push(...read(row, reader));
    yield rows;
  }
  const last = reader?.end();
  if (last && reader) yield read(last, reader);
  if (!columns) resolveMapping([], options);
}

/** `,` unless the first line has none and holds `;` or a tab, as spreadsheets of many countries write. */
export function findDelimiter(head: string, format: ImportOptions["format"]): string {
  if (format === "tsv") return "\t";
  const line = (/^[^\r\n]*/.exec(head.trimStart())?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  return [",", ";", "\t"].find((delimiter) => line.includes(delimiter)) ?? ",";
}

/** The names of the columns; one without a name is called by its number. */
export function headerNames(
  row: CsvRow,
  { unescapeFormulas = false }: Partial<Pick<ImportOptions, "unescapeFormulas">>,
): string[] {
  if (row.width > MAX_COLUMNS)
    throw new AppError("too_many_columns", `The file has more than ${MAX_COLUMNS} columns.`);
  return Array.from({ length: row.width }, (_, at) => {
    const name = row.cells[at]?.trim() || `column ${at + 1}`;
    return unescapeFormulas ? unescapeFormula(name) : name;
  });
}

function findColumns(row: CsvRow, options: ImportOptions): Columns {
  const names = headerNames(row, options);
  const mapping = resolveMapping(names, options);
  return {
    names,
    id: mapping.id === null ? null : names.indexOf(mapping.id),
    content: names.indexOf(mapping.content),
    metadata: mapping.metadata.map((name) => [name, names.indexOf(name)]),
  };
}

function readRow(row: CsvRow, ordinal: number, columns: Columns, options: ImportOptions): SourceRow {
  const cell = (at: number) => {
    const text = row.cells[at] ?? "";
    return options.unescapeFormulas ? unescapeFormula(text) : text;
  };
  const { line } = row;
  const externalId = columns.id === null ? String(ordinal) : cell(columns.id);
  const metadata = new Map<string, JsonValue>();
  let unfit: string | undefined;
  for (const [name, at] of columns.metadata) {
    const text = cell(at);
    if (text === "") continue;
    const type = options.types[name];
    const value = type === undefined ? text : readAs(type, text);
    if (value === undefined) unfit ??= `"${name}" is no ${type}.`;
    else metadata.set(name, value);
  }
  const checked = checkRow({ line, externalId, content: cell(columns.content), metadata });
  const known = checked.externalId === undefined ? {} : { externalId: checked.externalId };
  if (row.unclosedQuoteLine !== undefined)
    return {
      line: row.unclosedQuoteLine,
      ...known,
      code: "unclosed_quote",
      message: "The quote that opens here is never closed, so the rest of the file is one cell.",
    };
  if (row.width !== columns.names.length)
    return {
      line,
      ...known,
      code: "ragged_row",
      message: `The row has ${count(row.width, "field")}, the header ${columns.names.length}.`,
    };
  if (row.cutColumn !== undefined)
    return {
      line,
      ...known,
      code: "too_long",
      message: `"${columns.names[row.cutColumn]}" is far longer than a cell may be.`,
    };
  if (unfit !== undefined) return { line, ...known, code: "bad_type", message: unfit };
  return checked;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
