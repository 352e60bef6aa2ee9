import type pg from "pg";
import { actingMember } from "@/server/modules/access";
import { isDiskFull } from "@/server/platform/database-problem";
import type { Db } from "@/server/platform/db";
import { AppError, isAppError } from "@/server/platform/errors";
import { wantVectorIndex } from "../vectors/build-vector-index";
import { fetchFile, type OpenUrl } from "./fetch-file";
import { beginImport, endImport, readRunnable } from "./import-repository";
import { importRows, type ReadyImport } from "./import-rows";
import type { LabelImport } from "./label-import";
import { storedFile } from "./stored-file";
import { watchStop } from "./watch-stop";

export type RunImportContext = {
  db: Db;
  pool: pg.Pool;
  signal: AbortSignal;
  /** Nobody will try again: an error of ours ends the import instead. */
  lastAttempt: boolean;
};

/** What modules above add to an import. */
export type ImportHooks = { labels?: LabelImport | undefined; openUrl?: OpenUrl | undefined };

/**
 * Reads the file of an import and writes its records. All is one transaction: a killed worker leaves nothing,
 * and the next one begins anew; whatever the file holds, every row is imported, updated, skipped or refused.
 * An import that is done, or cancelled, stays as it is; one whose sender may no longer import fails.
 * @throws AppError `import_busy` while another worker still holds it
 */
export async function runImport(
  context: RunImportContext,
  importId: string,
  { labels, openUrl }: ImportHooks = {},
): Promise<void> {
  const { db, pool } = context;
  const client = await pool.connect();
  const stop = await watchStop(context, client, importId);
  const { signal } = stop;
  let usable = true;
  let named: string[] = [];
  try {
    await client.query("begin");
    await lockImport(client, importId);
    const run = await readRunnable(client, importId);
    if (run && (await beginImport(db, importId))) {
      await actingMember(db, run.projectId, run.userId, "records:import");
      if (run.storedAs === null) await fetchFile({ db, signal, openUrl }, run);
      const ready = await readReady(client, importId);
      named = await importRows({ db, client, signal, labels }, ready);
    }
    await stop.end();
    signal.throwIfAborted();
    await client.query("commit");
    // Only now can the worker count them. An index that a kill leaves out is wanted again by the next vectors.
    for (const name of named) if (run) await wantVectorIndex(db, { projectId: run.projectId, name });
  } catch (error) {
    await stop.end();
    usable = await client.query("rollback").then(
      () => true,
      () => false,
    );
    const reason = signal.aborted ? signal.reason : error;
    if (!(await endsImport(context, importId, reason))) throw reason;
  } finally {
    client.release(!usable);
  }
}

const DISK_FULL = {
  code: "disk_full",
  detail:
    "The disk of the database is full. Nothing was imported, and the room the import took is free again. Free more there (an import needs about four times the size of its file), then send the file again.",
};

/** Writes down why the import ended, if it did; else it is worth another try. */
async function endsImport(
  { db, signal, lastAttempt }: RunImportContext,
  importId: string,
  error: unknown,
): Promise<boolean> {
  if (isAppError(error) && error.code === "import_busy") return false;
  if (isAppError(error) && error.code === "import_cancelled") await endImport(db, importId, "cancelled");
  else if (isDiskFull(error)) await endImport(db, importId, "failed", DISK_FULL);
  else if (isAppError(error))
    await endImport(db, importId, "failed", {
      code: error.code,
      detail: error.message,
      ...(error.errors ? { errors: error.errors } : {}),
    });
  else if (lastAttempt && !signal.aborted) await endImport(db, importId, "failed", SERVER_ERROR);
  else return false;
  return true;
}

const SERVER_ERROR = {
  code: "internal",
  detail: "The import stopped because of an error of the server. Nothing was imported; try again.",
};

/** Ends an import whose worker was killed once too often, as one that failed. Nothing of it was kept. */
export const giveUpImport = (db: Db, importId: string): Promise<void> =>
  endImport(db, importId, "failed", SERVER_ERROR);

/** One worker at a time, even when one was taken for dead and wakes up; freed with the transaction. */
async function lockImport(client: pg.ClientBase, importId: string): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('import:' || $1::text, 0)) as held",
    [importId],
  );
  if (!rows[0]?.held) throw new AppError("import_busy", "Another worker still holds this import.");
}

/** The import with its file, which is in the database by now. */
async function readReady(client: pg.ClientBase, importId: string): Promise<ReadyImport> {
  const run = await readRunnable(client, importId);
  const format = run?.options.format;
  if (!run || run.storedAs === null || format === undefined) throw new Error("The import has no file.");
  const { options, storedAs, bytes, ...rest } = run;
  return { ...rest, options: { ...options, format }, file: storedFile(client, storedAs, bytes) };
}
