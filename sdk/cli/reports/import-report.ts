import type { ImportRun } from "../../../contracts/imports";
import { printFacts } from "../output/table";
import { plain, print, type Terminal } from "../output/terminal";

/** Refused rows that are listed. */
const LISTED = 20;

/** What became of the rows of a file, and which were refused, by their lines. */
export async function printImportReport(terminal: Terminal, run: ImportRun): Promise<void> {
  await printFacts(terminal, [
    ["import", run.id],
    ["status", run.status],
    ["read", run.read],
    ["imported", run.imported],
    ["updated", run.updated],
    ["skipped", run.skipped],
    ["refused", run.refused],
  ]);
  const listed = run.errors.slice(0, LISTED);
  for (const { line, externalId, code, message } of listed) {
    const which = externalId === undefined ? "" : ` (id ${plain(externalId)})`;
    await print(terminal, `line ${line}${which}: ${plain(message)} [${code}]`);
  }
  const left = run.refused - listed.length;
  if (left > 0)
    await print(terminal, `${left} more rows were refused; --json lists those that the server kept.`);
}
