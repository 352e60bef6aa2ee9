import { heading, plain, print, type Terminal } from "./terminal";

type Cell = string | number | null | undefined;
export type Column<T> = { name: string; of(row: T): Cell };

/** Rows below their columns' names: aligned for people, with tabs between for programs. */
export async function printTable<T>(
  terminal: Terminal,
  columns: readonly Column<T>[],
  rows: readonly T[],
): Promise<void> {
  const names = columns.map(({ name }) => name);
  const cells = rows.map((row) => columns.map(({ of }) => textOf(of(row))));
  if (!terminal.isOutTty) {
    for (const line of [names, ...cells]) await print(terminal, line.join("\t"));
    return;
  }
  const widths = names.map((name, at) =>
    Math.max(...[name, ...cells.map((line) => line[at] ?? "")].map(width)),
  );
  const aligned = (line: readonly string[]) =>
    line
      .map((text, at) => text.padEnd(text.length + (widths[at] ?? 0) - width(text)))
      .join("  ")
      .trimEnd();
  await print(terminal, heading(terminal, aligned(names)));
  for (const line of cells) await print(terminal, aligned(line));
}

/** What is known of one thing: a name and a value a line. */
export async function printFacts(
  terminal: Terminal,
  facts: readonly (readonly [string, Cell])[],
): Promise<void> {
  const longest = Math.max(...facts.map(([name]) => width(name)));
  for (const [name, value] of facts)
    await print(
      terminal,
      terminal.isOutTty ? `${name.padEnd(longest)}  ${textOf(value)}` : `${name}\t${textOf(value)}`,
    );
}

const textOf = (cell: Cell): string => plain(String(cell ?? "–"));
const width = (text: string): number => [...text].length;
