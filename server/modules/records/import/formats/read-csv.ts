import type { ImportFormat, ImportOptions } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";
import { MAX_COLUMNS } from "../limits";
import { resolveMapping } from "../mapping";
import type { RowReader } from "../row-reader";
import type { SourceRow } from "../source-row";
import { type CellRow, CellRows } from "./cell-rows";
import { CsvReader, type CsvRow } from "./csv-reader";
import { unescapeFormula } from "./unescape-formula";

/** The rows of a CSV or TSV file, in groups. @throws AppError `invalid_mapping`, `too_many_columns` */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  reader: RowReader,
): AsyncGenerator<SourceRow[]> {
  const { options } = reader;
  let csv: CsvReader | undefined;
  let table: CellRows | undefined;
  const read = (row: CsvRow, open: CsvReader): SourceRow[] => {
    if (table) return [table.read(cellRow(row))];
    table = new CellRows(headerNames(row, options), reader);
    const kept = table.kept();
    if (kept) open.keepOnly(kept);
    return [];
  };
  for await (const chunk of chunks) {
    csv ??= new CsvReader(findDelimiter(chunk, options.format));
    const rows: SourceRow[] = [];
    for (const row of csv.push(chunk)) rows.push(...read(row, csv));
    yield rows;
  }
  const last = csv?.end();
  if (last && csv) yield read(last, csv);
  if (!table) resolveMapping([], options);
}

function cellRow({ unclosedQuoteLine, line, ...row }: CsvRow): CellRow {
  if (unclosedQuoteLine === undefined) return { line, ...row };
  const message = "The quote that opens here is never closed, so the rest of the file is one cell.";
  return { line: unclosedQuoteLine, ...row, fault: { code: "unclosed_quote", message } };
}

/** `,` unless the first line has none and holds `;` or a tab, as spreadsheets of many countries write. */
export function findDelimiter(head: string, format: ImportFormat): string {
  if (format === "tsv") return "\t";
  const line = (/^[^\r\n]*/.exec(head.trimStart())?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  return [",", ";", "\t"].find((delimiter) => line.includes(delimiter)) ?? ",";
}

/** The names of the columns; one without a name is called by its number. */
export function headerNames(
  row: Pick<CsvRow, "width"> & { cells: readonly string[] },
  { unescapeFormulas = false }: Partial<Pick<ImportOptions, "unescapeFormulas">>,
): string[] {
  if (row.width > MAX_COLUMNS)
    throw new AppError("too_many_columns", `The file has more than ${MAX_COLUMNS} columns.`);
  return Array.from({ length: row.width }, (_, at) => {
    const name = row.cells[at]?.trim() || `column ${at + 1}`;
    return unescapeFormulas ? unescapeFormula(name) : name;
  });
}
