import { MAX_CELL_UNITS, MAX_COLUMNS, MAX_ROW_UNITS } from "../limits";

/** One row of a CSV file as it stands there. */
export type CsvRow = {
  /** 1-based physical line on which the row starts. */
  line: number;
  /** Only of the columns that are kept; the others are empty. */
  cells: string[];
  /** Fields in the row, kept or not. */
  width: number;
  /** The first kept cell that was cut because it is too long to be anything. */
  cutColumn?: number;
  /** Line of the quote that the file never closes: the row is all that follows it. */
  unclosedQuoteLine?: number;
};

type State = "start" | "plain" | "quoted" | "after-quote";

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits text into rows as RFC 4180 says, in pieces of any size and in the memory of one row. A line ends with
 * `\n`, `\r\n` or `\r`; a quoted line end belongs to its cell and still counts as a line; a line without a
 * character is no row. As spreadsheets do, a quote inside an unquoted cell is text, and so is what follows a
 * closing quote. Cells are kept up to `MAX_CELL_UNITS`, so that one hostile cell costs no memory.
 *
 * An own reader because a report needs the physical line on which every row starts, and a row that can't be
 * read must be reported and passed over instead of ending the file.
 */
export class CsvReader {
  private readonly delimiter: number;
  /** Of a row that has more columns than a file may have the rest is only counted. */
  private keeps: (column: number) => boolean = (column) => column < MAX_COLUMNS;
  private state: State = "start";
  private line = 1;
  private afterReturn = false;
  private row: CsvRow = { line: 1, cells: [], width: 0 };
  private cell = "";
  private rowUnits = 0;
  private quoteLine = 1;

  constructor(delimiter: string) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** From the next row on, only these columns are kept. */
  keepOnly(columns: ReadonlySet<number>): void {
    this.keeps = (column) => columns.has(column);
  }

  /** The rows that `text` completes. */
  *push(text: string): Generator<CsvRow> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (this.afterReturn) {
        this.afterReturn = false;
        if (unit === LINE_FEED) {
          // The second half of `\r\n`: part of a quoted cell, else already taken as the end of the row.
          if (this.state !== "quoted") from = at + 1;
          continue;
        }
      }
      if (this.state === "quoted") {
        if (unit === QUOTE) {
          this.keep(text, from, at);
          from = at + 1;
          this.state = "after-quote";
        } else if (unit === LINE_FEED) this.line += 1;
        else if (unit === CARRIAGE_RETURN) {
          this.line += 1;
          this.afterReturn = true;
        }
      } else if (unit === this.delimiter) {
        this.keep(text, from, at);
        from = at + 1;
        this.endCell();
      } else if (unit === LINE_FEED || unit === CARRIAGE_RETURN) {
        this.keep(text, from, at);
        from = at + 1;
        this.afterReturn = unit === CARRIAGE_RETURN;
        const row = this.endRow();
        this.line += 1;
        this.row.line = this.line;
        if (row) yield row;
      } else if (unit === QUOTE && this.state !== "plain") {
        // A doubled quote stands for one; a first one opens the cell.
        if (this.state === "start") {
          from = at + 1;
          this.quoteLine = this.line;
        } else from = at;
        this.state = "quoted";
      } else this.state = "plain";
    }
    this.keep(text, from, text.length);
  }

  /** The last row, when the file does not end with a line end. */
  end(): CsvRow | undefined {
    if (this.state !== "quoted") return this.endRow();
    const { quoteLine } = this;
    this.endCell();
    return { ...this.takeRow(), unclosedQuoteLine: quoteLine };
  }

  private keep(text: string, from: number, to: number): void {
    if (to <= from || !this.keeps(this.row.width)) return;
    const room = Math.min(MAX_CELL_UNITS - this.cell.length, MAX_ROW_UNITS - this.rowUnits);
    if (to - from > room) this.row.cutColumn ??= this.row.width;
    const kept = text.slice(from, Math.min(to, from + room));
    this.cell += kept;
    this.rowUnits += kept.length;
  }

  private endCell(): void {
    if (this.keeps(this.row.width)) this.row.cells[this.row.width] = this.cell;
    this.row.width += 1;
    this.cell = "";
    this.state = "start";
  }

  private endRow(): CsvRow | undefined {
    const isBlank = this.row.width === 0 && this.state === "start";
    this.endCell();
    const row = this.takeRow();
    return isBlank ? undefined : row;
  }

  private takeRow(): CsvRow {
    const { row } = this;
    this.row = { line: this.line, cells: [], width: 0 };
    this.rowUnits = 0;
    return row;
  }
}
