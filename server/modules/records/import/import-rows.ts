import type pg from "pg";
import type { ImportOptions } from "@/contracts/imports";
import type { Db } from "@/server/platform/db";
import { builtInMetadata, builtInNames } from "./built-in-metadata";
import { ColumnTypes } from "./column-types";
import type { TextEncoding } from "./formats/encoding";
import {
  type EndCounts,
  finishImport,
  noteProgress,
  type Progress,
  takePositions,
} from "./import-repository";
import type { LabelImport } from "./label-import";
import { noteMetadataNames } from "./metadata-names";
import { NearDuplicates } from "./near/near-duplicates";
import { isText } from "./row-reader";
import { isRefused } from "./source-row";
import { sourceRows } from "./source-rows";
import { StagedVectors } from "./staged-vectors";
import { Staging } from "./staging";
import type { FileBytes } from "./stored-file";
import { updateRecords } from "./update-records";
import { countDeleted, countMarked, insertNewRecords, refuseExisting } from "./write-records";

/** An import whose file is at hand. */
export type ReadyImport = {
  id: string;
  projectId: string;
  userId: string;
  options: ImportOptions;
  encoding: TextEncoding | null;
  file: FileBytes;
};

export type ImportWork = {
  db: Db;
  client: pg.PoolClient;
  signal: AbortSignal;
  labels?: LabelImport | undefined;
};

/** Memory in which PostgreSQL sorts the rows and gathers the entries of the text index. */
const WORK_MEM = "64MB";
/**
 * Entries of the text indexes that may wait to be sorted in together: many at once cost far less than few. Searches of
 * others read them one by one meanwhile, so they must stay few enough for that.
 */
const PENDING = "16MB";
const PROGRESS_EVERY = 500;

/**
 * Stages the rows of a file and writes them, in the transaction of `client`.
 * @returns the names under which records got vectors
 * @throws AppError `import_cancelled`, …
 */
export async function importRows(work: ImportWork, run: ReadyImport): Promise<string[]> {
  const { db, client, signal } = work;
  const { projectId, options } = run;
  await client.query(`set local work_mem = '${WORK_MEM}'; set local gin_pending_list_limit = '${PENDING}'`);
  const staging = await Staging.open(client, { projectId, importId: run.id });
  const types = new ColumnTypes(isText(options));
  const labels = await openLabels(work, run);
  const near = builtInNames(options).includes("duplicate_of") ? await NearDuplicates.open(client) : undefined;
  const vectors = await StagedVectors.open(client, projectId, options);
  const readRow = labels?.readRow.bind(labels);
  const read = await stageRows(work, run, staging, { types, near, vectors, readRow });
  signal.throwIfAborted();

  const note = noteEvery(db, run.id);
  const repeats = await near?.mark(projectId, (share) => note({ phase: "marking", progress: share }));
  if (repeats) types.note(new Map([["duplicate_of", ""]]), new Set(["duplicate_of"]));
  const marked = near !== undefined;
  const firstPosition = await takePositions(db, projectId, staging.staged);
  const turnedAway = (await labels?.beforeRecords(staging.refused)) ?? 0;
  staging.refused += turnedAway;
  const imported = await insertNewRecords(client, { projectId, firstPosition, types, marked }, (share) => {
    signal.throwIfAborted();
    return note({ phase: "writing", progress: share });
  });
  const vectorNames = (await vectors?.writeNew()) ?? [];
  const counts: EndCounts = {
    ...{ read, imported, refused: 0 },
    ...(await writeExisting(work, run, staging, {
      types,
      rest: staging.staged - turnedAway - imported,
      ...{ note, marked, vectors },
    })),
  };
  const relabelled = (await labels?.afterRecords()) ?? 0;
  counts.updated += relabelled;
  counts.skipped -= relabelled;
  await sortInPending(client);
  await staging.flush();
  counts.refused = staging.refused;

  if (counts.imported + counts.updated > relabelled)
    await noteMetadataNames(client, projectId, types.found(), options.visibility);
  await finishImport(client, run.id, {
    ...counts,
    nearDuplicates: near ? await countMarked(client, projectId) : null,
  });
  return vectorNames;
}

/** Leaves no entries behind that the next person to write a record would have to sort in. */
async function sortInPending(client: pg.ClientBase): Promise<void> {
  await client.query(
    `select gin_clean_pending_list(i.indexrelid) from pg_index i
     join pg_class c on c.oid = i.indexrelid join pg_am am on am.oid = c.relam
     where i.indrelid = '"Record"'::regclass and am.amname = 'gin'`,
  );
}

async function openLabels({ client, signal, labels }: ImportWork, run: ReadyImport) {
  const { id: importId, projectId, userId, options } = run;
  if (options.kind === "records") return undefined;
  if (!labels) throw new Error("This worker can't import labels.");
  return labels.open(client, { importId, projectId, userId, options, signal });
}

type Note = (progress: Progress) => Promise<void>;

/** Notes progress, and sees a cancellation, a few times a second. */
function noteEvery(db: Db, importId: string): Note {
  let noted = 0;
  return async (progress) => {
    const now = performance.now();
    if (noted !== 0 && now - noted < PROGRESS_EVERY && progress.progress !== 1) return;
    noted = now;
    await noteProgress(db, importId, progress);
  };
}

type Existing = Pick<EndCounts, "updated" | "skipped" | "skippedDeleted" | "restored">;

type ExistingOptions = {
  types: ColumnTypes;
  /** Rows whose ids were there. */
  rest: number;
  note: Note;
  marked: boolean;
  vectors: StagedVectors | undefined;
};

/** Deals with the rows whose ids were there already, as the import was asked to. */
async function writeExisting(
  { client, signal }: ImportWork,
  { id: importId, projectId, options }: ReadyImport,
  staging: Staging,
  { types, rest, note, marked, vectors }: ExistingOptions,
): Promise<Existing> {
  const none = { updated: 0, skipped: 0, skippedDeleted: 0, restored: 0 };
  if (rest === 0) return none;
  await client.query("analyze import_rows");
  if (options.onExisting === "update") {
    const counts = await updateRecords(client, staging, { projectId, types, marked, vectors }, (done) => {
      signal.throwIfAborted();
      return note({ phase: "writing", progress: done / rest });
    });
    return { ...none, ...counts };
  }
  if (options.onExisting === "fail") {
    await staging.flush();
    staging.refused += await refuseExisting(client, { projectId, importId, refused: staging.refused });
    return none;
  }
  return { ...none, skipped: rest, skippedDeleted: await countDeleted(client, projectId) };
}

type StageOptions = {
  types: ColumnTypes;
  near: NearDuplicates | undefined;
  vectors: StagedVectors | undefined;
  readRow: Parameters<typeof sourceRows>[2]["readRow"];
};

/** Reads the whole file into the staging table; how many rows it has. */
async function stageRows(
  { db, signal }: ImportWork,
  { id, file, encoding, options }: ReadyImport,
  staging: Staging,
  { types, near, vectors, readRow }: StageOptions,
): Promise<number> {
  const typed = new Set(Object.keys(options.types));
  const complete = await builtInMetadata(options);
  const onColumns = (names: readonly string[]) => types.arrange(names);
  const note = noteEvery(db, id);
  const progress = (share: number): Progress => ({
    ...{ phase: "reading", progress: share, bytesRead: Math.round(share * file.size) },
    ...{ read, refused: staging.refused },
  });
  let read = 0;
  for await (const { rows, share } of sourceRows(file, encoding, { options, readRow, onColumns })) {
    signal.throwIfAborted();
    for (const row of rows) {
      read += 1;
      const refused = isRefused(row) ? row : vectors?.refusal(row);
      if (refused) await staging.refuse(refused);
      else if (!isRefused(row)) {
        const good = complete(row);
        types.note(good.metadata, typed);
        await staging.add(good);
        await vectors?.add(staging.staged, good);
        await near?.add(staging.staged, good.content);
      }
    }
    await note(progress(share));
  }
  await noteProgress(db, id, progress(1));
  await staging.flush();
  return read;
}
