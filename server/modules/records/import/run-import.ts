import type pg from "pg";
import type { Db } from "@/server/platform/db";
import { AppError, isAppError } from "@/server/platform/errors";
import { ColumnTypes } from "./column-types";
import {
  beginImport,
  type EndCounts,
  endImport,
  finishImport,
  noteProgress,
  type RunnableImport,
  readRunnable,
  takePositions,
} from "./import-repository";
import { noteMetadataNames } from "./metadata-names";
import { isRefused } from "./source-row";
import { isText, sourceRows } from "./source-rows";
import { Staging } from "./staging";
import { readStoredFile } from "./stored-file";
import { updateRecords } from "./update-records";
import { insertNewRecords, refuseExisting } from "./write-records";

export type RunImportContext = {
  db: Db;
  pool: pg.Pool;
  signal: AbortSignal;
  /** Nobody will try again: an error of ours ends the import instead. */
  lastAttempt: boolean;
};

/** Memory in which PostgreSQL sorts the rows and gathers the entries of the text index. */
const WORK_MEM = "64MB";
const PROGRESS_EVERY = 500;

/**
 * Reads the file of an import and writes its records. All is one transaction: a killed worker leaves nothing,
 * and the next one begins anew; whatever the file holds, every row is imported, updated, skipped or refused.
 * An import that is done, or cancelled, stays as it is.
 * @throws AppError `import_busy` while another worker still holds it
 */
export async function runImport(context: RunImportContext, importId: string): Promise<void> {
  const { db, pool } = context;
  const client = await pool.connect();
  let usable = true;
  try {
    await client.query("begin");
    await lockImport(client, importId);
    const run = await readRunnable(client, importId);
    if (run && (await beginImport(db, importId))) await importRows(context, client, run);
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

async function importRows(
  context: RunImportContext,
  client: pg.PoolClient,
  run: RunnableImport,
): Promise<void> {
  const { projectId, options } = run;
  await client.query(`set local work_mem = '${WORK_MEM}'`);
  const staging = await Staging.open(client, { projectId, importId: run.id });
  const types = new ColumnTypes(isText(options));
  const read = await stageRows(context, client, run, staging, types);
  context.signal.throwIfAborted();

  const firstPosition = await takePositions(context.db, projectId, staging.staged);
  const imported = await insertNewRecords(client, { projectId, firstPosition, types });
  const rest = staging.staged - imported;
  const counts: EndCounts = { read, imported, updated: 0, skipped: 0, refused: 0 };
  if (rest > 0 && options.onExisting === "update")
    Object.assign(counts, await updateRecords(client, staging, { projectId, types }));
  else if (rest > 0 && options.onExisting === "fail")
    staging.refused += await refuseExisting(client, {
      projectId,
      importId: run.id,
      refused: staging.refused,
    });
  else counts.skipped = rest;
  await staging.flush();
  counts.refused = staging.refused;

  if (counts.imported + counts.updated > 0)
    await noteMetadataNames(client, projectId, types.found(), options.visibility);
  await finishImport(client, run.id, counts);
}

/** Reads the whole file into the staging table; how many rows it has. */
async function stageRows(
  { db, signal }: RunImportContext,
  client: pg.PoolClient,
  run: RunnableImport,
  staging: Staging,
  types: ColumnTypes,
): Promise<number> {
  const typed = new Set(Object.keys(run.options.types));
  const bytes = readStoredFile(client, run.storedAs);
  let read = 0;
  let noted = performance.now();
  for await (const group of sourceRows(bytes, run.encoding, run.options)) {
    signal.throwIfAborted();
    for (const row of group) {
      read += 1;
      if (isRefused(row)) await staging.refuse(row);
      else {
        types.note(row.metadata, typed);
        await staging.add(row);
      }
    }
    if (performance.now() - noted > PROGRESS_EVERY) {
      noted = performance.now();
      await noteProgress(db, run.id, { read, refused: staging.refused });
    }
  }
  await noteProgress(db, run.id, { read, refused: staging.refused });
  await staging.flush();
  return read;
}
