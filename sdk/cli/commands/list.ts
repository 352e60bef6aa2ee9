import type { Call } from "../command";
import { type ExitCode, exitCode } from "../exit-codes";
import { type Column, printTable } from "../output/table";
import { printJson } from "../output/terminal";

export const limitFlag = {
  limit: { type: "string", value: "count", help: "at most so many, by default 50" },
} as const;
const USUAL_LIMIT = 50;

/** The first items of a list as a table, or as JSON lines while they are read; says how many there are besides. */
export async function printList<T>(
  { terminal, flags }: Call<"limit">,
  list: { pages(): AsyncIterable<{ items: T[]; total: number }> },
  columns: readonly Column<T>[],
): Promise<ExitCode> {
  const limit = flags.count("limit") ?? USUAL_LIMIT;
  const rows: T[] = [];
  let total = 0;
  for await (const page of list.pages()) {
    total = page.total;
    const taken = page.items.slice(0, limit - rows.length);
    if (flags.has("json")) for (const item of taken) await printJson(terminal, item);
    rows.push(...taken);
    if (rows.length >= limit) break;
  }
  if (!flags.has("json")) await printTable(terminal, columns, rows);
  if (rows.length < total) terminal.err(`${rows.length} of ${total}; --limit shows more.\n`);
  return exitCode.done;
}
