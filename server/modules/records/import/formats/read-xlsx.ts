import type { JsonValue } from "@/contracts/common";
import type { ImportOptions } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";
import { MAX_CELL_UNITS } from "../limits";
import { resolveMapping } from "../mapping";
import type { RowGroup, RowReader } from "../row-reader";
import type { FileBytes } from "../stored-file";
import { type CellRow, CellRows } from "./cell-rows";
import { headerNames } from "./read-csv";
import { openWorkbook, type Workbook } from "./xlsx/open-workbook";
import { readSheet, type SheetRow } from "./xlsx/read-sheet";
import { readSharedStrings } from "./xlsx/shared-strings";

/**
 * The rows of one sheet of a workbook, in groups: the first row that holds anything names the columns, and lines are
 * the sheet's own row numbers. Formulas give the value that was saved with them, dates ISO text.
 * @throws AppError `invalid_mapping`, `malformed_file`, `too_many_columns`
 */
export async function* readXlsx(file: FileBytes, reader: RowReader): AsyncGenerator<RowGroup> {
  const workbook = await openWorkbook(file);
  const strings = await readSharedStrings(workbook.zip);
  let names: string[] | undefined;
  let table: CellRows | undefined;
  for await (const { rows, share } of readSheet(workbook, sheetEntry(workbook, reader.options), strings)) {
    if (!names && rows[0]) {
      names = sheetNames(rows.splice(0, 1)[0]?.cells ?? [], reader.options);
      table = new CellRows(names, reader);
    }
    const width = names?.length ?? 0;
    const kept = table?.kept();
    yield {
      rows: rows.flatMap((row) => (table ? [table.read(cellRow(row, width, kept, names))] : [])),
      share,
    };
  }
  if (!names) resolveMapping([], reader.options);
}

export type SheetHead = { columns: string[]; rows: Map<string, JsonValue>[]; sheets: string[] };

/** The names of the columns, the first rows, at most `limit`, and the names of the sheets. */
export async function firstSheetRows(
  file: FileBytes,
  options: Pick<ImportOptions, "sheet">,
  limit: number,
): Promise<SheetHead> {
  const workbook = await openWorkbook(file);
  const strings = await readSharedStrings(workbook.zip);
  const found: SheetRow[] = [];
  for await (const { rows } of readSheet(workbook, sheetEntry(workbook, options), strings)) {
    found.push(...rows);
    if (found.length > limit) break;
  }
  const [header, ...data] = found.slice(0, limit + 1);
  const columns = sheetNames(header?.cells ?? [], {});
  return {
    columns,
    rows: data.map(({ cells }) => new Map(columns.map((name, at) => [name, cells[at] ?? ""]))),
    sheets: workbook.sheets.map(({ name }) => name),
  };
}

function sheetEntry({ sheets }: Workbook, { sheet }: Pick<ImportOptions, "sheet">): string {
  const found = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet);
  if (found) return found.entry;
  const names = sheets.map(({ name }) => name).join(", ");
  const message = `There is no sheet "${sheet}". The workbook has: ${names}.`;
  throw new AppError("invalid_mapping", message, { errors: [{ path: "sheet", message }] });
}

function sheetNames(
  cells: readonly (JsonValue | undefined)[],
  options: Partial<Pick<ImportOptions, "unescapeFormulas">>,
): string[] {
  const width = cells.findLastIndex((cell) => cell !== undefined && cell !== "") + 1;
  const texts = Array.from({ length: width }, (_, at) => {
    const cell = cells[at] ?? "";
    return typeof cell === "string" ? cell : JSON.stringify(cell);
  });
  return headerNames({ width, cells: texts }, options);
}

/** A sheet has no end of a row: cells that are not there are empty, and one beyond the header has no column. */
function cellRow(
  { number, cells, faults }: SheetRow,
  width: number,
  kept: ReadonlySet<number> | undefined,
  names: readonly string[] = [],
): CellRow {
  const last = cells.findLastIndex((cell) => cell !== undefined && cell !== "") + 1;
  const isKept = (column: number) => kept?.has(column) ?? column < width;
  const fault = faults.find(({ column }) => isKept(column));
  const cutColumn = cells.findIndex(
    (cell, at) => isKept(at) && typeof cell === "string" && cell.length > MAX_CELL_UNITS,
  );
  return {
    line: number,
    cells,
    width: Math.max(width, last),
    ...(fault ? { fault: { code: "bad_type", message: `"${names[fault.column]}" ${fault.message}.` } } : {}),
    ...(cutColumn >= 0 ? { cutColumn } : {}),
  };
}
