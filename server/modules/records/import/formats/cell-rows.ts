import type { JsonValue } from "@/contracts/common";
import type { ImportErrorCode } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";
import { checkRow } from "../check-row";
import { MAX_COLUMNS } from "../limits";
import { resolveMapping } from "../mapping";
import type { RowReader } from "../row-reader";
import { RowValues } from "../row-values";
import type { SourceRow } from "../source-row";
import { unescapeFormula } from "./unescape-formula";

/** One row of a table, by column. */
export type CellRow = {
  line: number;
  /** Undefined and `""` are empty. */
  cells: readonly (JsonValue | undefined)[];
  /** Fields in the row, kept or not. */
  width: number;
  /** Why the row can't be taken, whatever its cells hold. */
  fault?: { code: ImportErrorCode; message: string };
  /** A kept cell that was cut because it is too long to be anything. */
  cutColumn?: number;
};

/** Which columns become what, by number. */
type Columns = { id: number | null; content: number; metadata: [name: string, at: number][] };

/** Reads the rows of a table whose first row names its columns. */
export class CellRows {
  private readonly columns: Columns | undefined;
  private ordinal = 0;

  /** @throws AppError `invalid_mapping`, `too_many_columns` */
  constructor(
    private readonly names: readonly string[],
    private readonly reader: RowReader,
  ) {
    if (names.length > MAX_COLUMNS)
      throw new AppError("too_many_columns", `The file has more than ${MAX_COLUMNS} columns.`);
    if (reader.readRow) return;
    const mapping = resolveMapping(names, reader.options);
    reader.onColumns?.(mapping.metadata);
    this.columns = {
      id: mapping.id === null ? null : names.indexOf(mapping.id),
      content: names.indexOf(mapping.content),
      metadata: mapping.metadata.map((name) => [name, names.indexOf(name)]),
    };
  }

  /** The columns that are looked at; undefined when all are. */
  kept(): ReadonlySet<number> | undefined {
    if (!this.columns) return undefined;
    const { id, content, metadata } = this.columns;
    return new Set([content, id ?? -1, ...metadata.map(([, at]) => at)]);
  }

  read(row: CellRow): SourceRow {
    this.ordinal += 1;
    const { line, fault } = row;
    const { checked, unfit } = this.columns
      ? this.mapped(row, this.columns)
      : { checked: this.labelled(row) };
    const known = checked.externalId === undefined ? {} : { externalId: checked.externalId };
    const refuse = (code: ImportErrorCode, message: string): SourceRow => ({ line, ...known, code, message });
    if (fault) return refuse(fault.code, fault.message);
    if (row.width !== this.names.length)
      return refuse(
        "ragged_row",
        `The row has ${row.width} ${row.width === 1 ? "field" : "fields"}, the header ${this.names.length}.`,
      );
    if (row.cutColumn !== undefined)
      return refuse("too_long", `"${this.names[row.cutColumn]}" is far longer than a cell may be.`);
    return unfit === undefined ? checked : refuse("bad_type", unfit);
  }

  private mapped(row: CellRow, columns: Columns): { checked: SourceRow; unfit?: string | undefined } {
    const { options } = this.reader;
    const values = new RowValues();
    for (const [name, at] of columns.metadata) {
      const given = this.cell(row, at);
      if (given !== "") values.add(name, given, options.types[name]);
    }
    const externalId = columns.id === null ? String(this.ordinal) : textOf(this.cell(row, columns.id));
    const content = textOf(this.cell(row, columns.content));
    const { metadata, vectors, unfit } = values;
    return { checked: checkRow({ line: row.line, externalId, content, metadata, vectors }), unfit };
  }

  private labelled(row: CellRow): SourceRow {
    const values = new Map(this.names.map((name, at) => [name, this.cell(row, at)]));
    return readLabelled(this.reader, { line: row.line, ordinal: this.ordinal, values });
  }

  private cell({ cells }: CellRow, at: number): JsonValue {
    const value = cells[at] ?? "";
    return typeof value === "string" && this.reader.options.unescapeFormulas ? unescapeFormula(value) : value;
  }
}

const textOf = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Reads a row as the import of labels does. Only for a reader that has `readRow`. */
export function readLabelled(
  { readRow }: RowReader,
  row: Parameters<NonNullable<RowReader["readRow"]>>[0],
): SourceRow {
  if (!readRow) throw new Error("This import brings no labels.");
  const read = readRow(row);
  return "code" in read ? read : checkRow(read);
}
