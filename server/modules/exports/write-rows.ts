import { type Cell, type Column, cellMaker, keyOf } from "./column";
import { escapeFormula } from "./escape-formula";
import { textPieces } from "./text-pieces";

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
  const line: string[] = columns.map(({ name }) => text(name));
  let before = head ? `${bom ? "\uFEFF" : ""}${line.join(",")}\r\n` : "";
  const write = (row: Row) => {
    for (let at = 0; at < cells.length; at++) line[at] = text(cells[at]?.(row) ?? "");
    return line.join(",");
  };
  for await (const rows of batches)
    for (const piece of textPieces(rows, write, "\r\n")) {
      yield before + piece;
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
  const keys = columns.map((column) => `${JSON.stringify(keyOf(column))}:`);
  const parts: string[] = [];
  const write = (row: Row) => {
    for (let at = 0; at < columns.length; at++)
      parts[at] = `${keys[at]}${JSON.stringify(columns[at]?.value(row))}`;
    return `{${parts.join(",")}}`;
  };
  for await (const rows of batches) yield* textPieces(rows, write, "\n");
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
