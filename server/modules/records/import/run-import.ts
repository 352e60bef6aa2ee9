import type pg from "pg";
import type { Db } from "@/server/platform/db";
import { AppError, isAppError } from "@/server/platform/errors";
import { beginImport, endImport, type RunnableImport, readRunnable } from "./import-repository";
import { importRows, type ReadyImport } from "./import-rows";
import type { LabelImport } from "./label-import";
import { storedFile } from "./stored-file";

export type RunImportContext = {
  db: Db;
  pool: pg.Pool;
  signal: AbortSignal;
  /** Nobody will try again: an error of ours ends the import instead. */
  lastAttempt: boolean;
};

/** What modules above add to an import. */
export type ImportHooks = { labels?: LabelImport };

/**
 * Reads the file of an import and writes its records. All is one transaction: a killed worker leaves nothing,
 * and the next one begins anew; whatever the file holds, every row is imported, updated, skipped or refused.
 * An import that is done, or cancelled, stays as it is.
 * @throws AppError `import_busy` while another worker still holds it
 */
export async function runImport(
  context: RunImportContext,
  importId: string,
  { labels }: ImportHooks = {},
): Promise<void> {
  const { db, pool, signal } = context;
  const client = await pool.connect();
  let usable = true;
  try {
    await client.query("begin");
    await lockImport(client, importId);
    const run = await readRunnable(client, importId);
    if (run && (await beginImport(db, importId)))
      await importRows({ db, client, signal, labels }, withFile(client, run));
    await client.query("commit");
  } catch (error) {
    usable = await client.query("rollback").then(
      () => true,
      () => false,
    );
    if (!(await endsImport(context, importId, error))) throw error;
  } finally {
    client.release(!usable);
  }
}

/** Writes down why the import ended, if it did; else it is worth another try. */
async function endsImport(
  { db, signal, lastAttempt }: RunImportContext,
  importId: string,
  error: unknown,
): Promise<boolean> {
  if (isAppError(error) && error.code === "import_busy") return false;
  if (isAppError(error) && error.code === "import_cancelled") await endImport(db, importId, "cancelled");
  else if (isAppError(error))
    await endImport(db, importId, "failed", {
      code: error.code,
      detail: error.message,
      ...(error.errors ? { errors: error.errors } : {}),
    });
  else if (lastAttempt && !signal.aborted)
    await endImport(db, importId, "failed", {
      code: "internal",
      detail: "The import stopped because of an error of the server. Nothing was imported; try again.",
    });
  else return false;
  return true;
}

/** One worker at a time, even when one was taken for dead and wakes up; freed with the transaction. */
async function lockImport(client: pg.ClientBase, importId: string): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('import:' || $1::text, 0)) as held",
    [importId],
  );
  if (!rows[0]?.held) throw new AppError("import_busy", "Another worker still holds this import.");
}

function withFile(client: pg.ClientBase, run: RunnableImport): ReadyImport {
  const { options, storedAs, bytes, ...rest } = run;
  const { format } = options;
  if (format === undefined || storedAs === null) throw new Error("The import has no file.");
  return { ...rest, options: { ...options, format }, file: storedFile(client, storedAs, bytes) };
}
