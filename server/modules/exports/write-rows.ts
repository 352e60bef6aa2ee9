import type { Cell, ExportRow } from "./column";
import { escapeFormula } from "./escape-formula";

type CsvOptions = { names: readonly string[]; guardFormulas: boolean; bom: boolean };

/** Rows as CSV by RFC 4180; the header comes with the first rows. */
export async function* writeCsv(
  batches: AsyncIterable<readonly ExportRow[]>,
  { names, guardFormulas, bom }: CsvOptions,
): AsyncGenerator<string> {
  const line = (cells: readonly Cell[]) =>
    `${cells.map((cell) => quote(typeof cell === "string" && guardFormulas ? escapeFormula(cell) : String(cell))).join(",")}\r\n`;
  let head = (bom ? "\uFEFF" : "") + line(names);
  for await (const rows of batches) {
    yield head + rows.map(({ cells }) => line(cells)).join("");
    head = "";
  }
  if (head) yield head;
}

/** Rows as one JSON object a line. */
export async function* writeJsonLines(
  batches: AsyncIterable<readonly ExportRow[]>,
  keys: readonly string[],
): AsyncGenerator<string> {
  // fromEntries makes own properties of any name; assignment would lose metadata called "__proto__".
  const line = ({ values }: ExportRow) =>
    `${JSON.stringify(Object.fromEntries(keys.map((key, at) => [key, values[at]])))}\n`;
  for await (const rows of batches) yield rows.map(line).join("");
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
