import { type Cell, type Column, cellMaker, keyOf } from "./column";
import { escapeFormula } from "./escape-formula";

type CsvOptions = {
  guardFormulas: boolean;
  bom: boolean;
  /** Without it the rows go on where another file ends. */
  head: boolean;
};

/** Rows as CSV by RFC 4180; the header comes with the first rows. */
export async function* writeCsv<Row>(
  columns: readonly Column<Row>[],
  batches: AsyncIterable<readonly Row[]>,
  { guardFormulas, bom, head }: CsvOptions,
): AsyncGenerator<string> {
  const text = (cell: Cell) =>
    quote(typeof cell === "string" && guardFormulas ? escapeFormula(cell) : String(cell));
  const cells = columns.map(cellMaker);
  const lineOf = (row: Row) => {
    let line = "";
    for (let at = 0; at < cells.length; at++) line += (at > 0 ? "," : "") + text(cells[at]?.(row) ?? "");
    return `${line}\r\n`;
  };
  let before = head ? `${bom ? "\uFEFF" : ""}${columns.map(({ name }) => text(name)).join(",")}\r\n` : "";
  for await (const rows of batches) {
    let lines = before;
    for (const row of rows) lines += lineOf(row);
    yield lines;
    before = "";
  }
  if (before) yield before;
}

/** Rows as one JSON object a line. */
export async function* writeJsonLines<Row>(
  columns: readonly Column<Row>[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  // Keys are written as text rather than set on an object, which would lose metadata called "__proto__".
  const parts = columns.map((column, at) => ({
    key: `${at > 0 ? "," : ""}${JSON.stringify(keyOf(column))}:`,
    value: column.value,
  }));
  for await (const rows of batches) {
    let lines = "";
    for (const row of rows) {
      lines += "{";
      for (const { key, value } of parts) lines += key + JSON.stringify(value(row));
      lines += "}\n";
    }
    yield lines;
  }
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
