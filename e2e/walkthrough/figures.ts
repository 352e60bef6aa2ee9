/**
 * What the walkthrough's figures must be, computed apart from the product: other code, from the textbook.
 */

/** Wilson's 95 % interval for k of n, without continuity correction (Wilson 1927). */
export function wilson95(k: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [centre - half, centre + half];
}

/** Exact two-sided McNemar test on the discordant rows: min(1, 2·P(X ≤ min)), X ~ Binomial(b + c, ½). */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const n = onlyA + onlyB;
  if (n === 0) return 1;
  let tail = 0;
  let choose = 1;
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) {
    tail += choose;
    choose = (choose * (n - k)) / (k + 1);
  }
  return Math.min(1, (2 * tail) / 2 ** n);
}

/** Newcombe's method 10 for the difference of two paired proportions a − b (Newcombe 1998). */
export function newcombePaired(
  both: number,
  onlyA: number,
  onlyB: number,
  neither: number,
): [number, number] {
  const n = both + onlyA + onlyB + neither;
  const a = (both + onlyA) / n;
  const b = (both + onlyB) / n;
  const [lowA, highA] = wilson95(both + onlyA, n);
  const [lowB, highB] = wilson95(both + onlyB, n);
  const product = (both + onlyA) * (onlyB + neither) * (both + onlyB) * (onlyA + neither);
  const determinant = both * neither - onlyA * onlyB;
  // Method 10 corrects a positive determinant by n/2 and never beyond zero.
  const corrected = determinant > n / 2 ? determinant - n / 2 : Math.min(determinant, 0);
  const phi = product === 0 ? 0 : corrected / Math.sqrt(product);
  const spread = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  return [a - b - spread(a - lowA, highB - b), a - b + spread(highA - a, b - lowB)];
}

export type SourceRow = { id: string; content: string; gold: string };

/** The first `limit` data rows of a CSV text with a header, RFC 4180, later rows of the same id left out. */
export function readRows(
  text: string,
  limit: number,
  columns: { id: string; content: string; gold: string },
) {
  const [header, ...lines] = parse(text);
  const at = (name: string) => {
    const index = header?.indexOf(name) ?? -1;
    if (index < 0) throw new Error(`no column ${name}`);
    return index;
  };
  const read = lines.slice(0, limit);
  const rows = new Map<string, SourceRow>();
  for (const line of read) {
    const id = line[at(columns.id)]?.trim() ?? "";
    if (!rows.has(id))
      rows.set(id, { id, content: line[at(columns.content)] ?? "", gold: line[at(columns.gold)] ?? "" });
  }
  return { read: read.length, rows: [...rows.values()] };
}

function parse(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = "";
  let quoted = false;
  const endLine = () => {
    line.push(cell);
    if (line.length > 1 || cell !== "") lines.push(line);
    line = [];
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ",") {
      line.push(cell);
      cell = "";
    } else if (char === "\n") endLine();
    else if (char !== "\r") cell += char;
  }
  if (cell !== "" || line.length > 0) endLine();
  return lines;
}

/** The same rows as a CSV, to be imported. */
export function csvOf(
  rows: readonly SourceRow[],
  columns: { id: string; content: string; gold: string },
): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => [row.id, row.content, row.gold].map(cell).join(","));
  return [[columns.id, columns.content, columns.gold].join(","), ...lines, ""].join("\r\n");
}
