import type { JsonValue } from "@/contracts/common";
import { MAX_CELL_UNITS } from "../../limits";
import { damaged } from "./damaged";
import { isoDate } from "./number-formats";
import type { Workbook } from "./open-workbook";
import type { SharedStrings } from "./shared-strings";
import { unescapeText } from "./unescape-text";
import { readXml } from "./xml-events";

/** Columns that a sheet can have. */
const MAX_SHEET_COLUMNS = 16_384;

/** Why a cell has no value: an error such as `#REF!`, or a formula that was saved without its result. */
type CellFault = { column: number; message: string };

/** One row of a sheet, by column. */
export type SheetRow = {
  /** The sheet's own number of the row, from 1. */
  number: number;
  cells: (JsonValue | undefined)[];
  faults: CellFault[];
};

/** The rows of a sheet that hold anything, in groups, with the share of the sheet read so far. */
export async function* readSheet(
  { zip, kinds, from1904 }: Workbook,
  entry: string,
  strings: SharedStrings,
): AsyncGenerator<{ rows: SheetRow[]; share: number }> {
  const reader = new SheetReader(strings, (text, style) => {
    const value = Number(text);
    const kind = kinds[style] ?? "number";
    return Number.isFinite(value) && kind !== "number" ? (isoDate(value, kind, from1904) ?? value) : value;
  });
  const size = Math.max(zip.sizeOf(entry), 1);
  for await (const read of readXml(zip.read(entry), reader))
    yield { rows: reader.take(), share: Math.min(read / size, 1) };
  yield { rows: reader.take(), share: 1 };
}

type Cell = { column: number; type: string; style: number; value: string; inline: string; formula: boolean };

class SheetReader {
  private ready: SheetRow[] = [];
  private row: SheetRow | undefined;
  private lastNumber = 0;
  private column = -1;
  private cell: Cell | undefined;
  private into: "value" | "inline" | undefined;
  private aside = 0;

  constructor(
    private readonly strings: SharedStrings,
    private readonly numberOf: (text: string, style: number) => string | number,
  ) {}

  take(): SheetRow[] {
    const rows = this.ready;
    this.ready = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "row") this.openRow(attributes.r);
    else if (name === "c") this.openCell(attributes);
    else if (name === "v") this.into = "value";
    else if (name === "rPh") this.aside += 1;
    else if (name === "t" && this.aside === 0) this.into = "inline";
    else if (name === "f" && this.cell) this.cell.formula = true;
  }

  text(text: string): void {
    const { cell, into } = this;
    if (!cell || !into) return;
    const room = MAX_CELL_UNITS + 1 - cell[into].length;
    if (room > 0) cell[into] += text.slice(0, room);
  }

  close(name: string): void {
    if (name === "row") this.closeRow();
    else if (name === "c") this.closeCell();
    else if (name === "rPh") this.aside -= 1;
    else if (name === "v" || name === "t") this.into = undefined;
  }

  private openRow(given: string | undefined): void {
    const number = given === undefined ? this.lastNumber + 1 : Number(given);
    if (!Number.isSafeInteger(number) || number <= this.lastNumber)
      throw damaged("its rows are out of order");
    this.lastNumber = number;
    this.column = -1;
    this.row = { number, cells: [], faults: [] };
  }

  private openCell({ r, t = "n", s = "0" }: Readonly<Record<string, string>>): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    if (!(this.column >= 0 && this.column < MAX_SHEET_COLUMNS)) throw damaged(`it has a cell "${r}"`);
    this.cell = { column: this.column, type: t, style: Number(s), value: "", inline: "", formula: false };
  }

  private closeCell(): void {
    const { cell, row } = this;
    this.cell = undefined;
    if (!cell || !row) return;
    if (row.faults.length > MAX_SHEET_COLUMNS) throw damaged(`row ${row.number} has too many cells`);
    if (cell.type === "e") row.faults.push({ column: cell.column, message: `holds the error ${cell.value}` });
    else if (cell.formula && cell.value === "" && cell.type !== "str")
      row.faults.push({
        column: cell.column,
        message: "holds a formula without its value: open the workbook and save it once",
      });
    else {
      const value = this.valueOf(cell);
      if (value !== undefined) row.cells[cell.column] = value;
    }
  }

  private valueOf({ type, style, value, inline }: Cell): JsonValue | undefined {
    switch (type) {
      case "inlineStr":
        return unescapeText(inline);
      case "str":
        return unescapeText(value);
      case "s": {
        if (value === "") return undefined;
        const text = this.strings.get(Number(value));
        if (text === undefined) throw damaged("a cell names a text that is not there");
        return text;
      }
      case "b":
        return value === "1";
      case "d":
        return value;
      default:
        return value === "" ? undefined : this.numberOf(value, style);
    }
  }

  private closeRow(): void {
    const { row } = this;
    this.row = undefined;
    if (!row) return;
    const isBlank = row.cells.every((cell) => cell === undefined || cell === "");
    if (!isBlank || row.faults.length > 0) this.ready.push(row);
  }
}

/** The number of a column, from 0, by the address of a cell: `A1` 0, `AB7` 27. */
function columnOf(address: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(address)?.[1] ?? "";
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
