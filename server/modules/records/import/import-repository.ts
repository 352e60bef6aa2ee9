import type pg from "pg";
import { type ImportOptions, type ImportPhase, type ImportRun, importOptions } from "@/contracts/imports";
import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { counter } from "@/server/platform/metrics";
import type { TextEncoding } from "./formats/encoding";
import { unlinkFileOf } from "./stored-file";
import { cancelled } from "./watch-stop";

/** Options of an import whose file may still have to be fetched: only then may its format be open. */
export const storedOptions = importOptions.partial({ format: true });
export type StoredOptions = Omit<ImportOptions, "format"> & Partial<Pick<ImportOptions, "format">>;

const importedRows = counter({
  name: "tandem_import_rows_total",
  help: "Rows of imports that ended well, by what became of them.",
  labels: ["outcome"],
});

/** An import that has not ended. Without `storedAs` its file waits to be fetched from `url`. */
export type RunnableImport = {
  id: string;
  projectId: string;
  /** Who asked for it. */
  userId: string;
  options: StoredOptions;
  encoding: TextEncoding | null;
  storedAs: string | null;
  url: string | null;
  bytes: number;
};

export type EndCounts = Pick<
  ImportRun,
  "read" | "imported" | "updated" | "skipped" | "refused" | "skippedDeleted" | "restored"
>;

/** The import, unless it has ended. */
export async function readRunnable(
  client: pg.ClientBase,
  importId: string,
): Promise<RunnableImport | undefined> {
  const { rows } = await client.query<Omit<RunnableImport, "options"> & { options: unknown }>(
    `select "id", "projectId", "createdById" as "userId", "options", "encoding", "storedAs", "url", "bytes"::float8 as "bytes" from "ImportRun"
     where "id" = $1::uuid and "status" in ('queued', 'running') and ("storedAs" is not null or "url" is not null)`,
    [importId],
  );
  const row = rows[0];
  return row && { ...row, options: storedOptions.parse(row.options) };
}

/**
 * Marks an import as running, unless a person cancelled it meanwhile. One that runs already has lost its worker:
 * what that one was doing is noted, since nothing of it is left.
 * @throws AppError `import_cancelled`
 */
export async function beginImport(db: Db, importId: string): Promise<boolean> {
  const [row] = await sqlRows<{ cancelled: boolean }>(
    db,
    `update "ImportRun" set "status" = 'running', "startedAt" = coalesce("startedAt", now()),
       "attempts" = "attempts" + 1,
       "recovered" = case when "status" = 'running' then jsonb_build_object(
         'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lostPhase', "phase",
         'lostRows', "read", 'from', case when "storedAs" is null then 'fetch' else 'file' end)
         else "recovered" end,
       "read" = 0, "refused" = 0, "bytesRead" = 0, "phase" = null, "progress" = null
     where "id" = $1::uuid and "status" in ('queued', 'running')
     returning "cancelRequestedAt" is not null as cancelled`,
    [importId],
  );
  if (row?.cancelled) throw cancelled();
  return row !== undefined;
}

export type Progress = {
  phase: ImportPhase;
  /** 0 to 1; null when it can't be told. */
  progress: number | null;
} & Partial<Pick<ImportRun, "bytesRead" | "read" | "refused">>;

/** Shows how far an import is. @throws AppError `import_cancelled` when a person wants it to stop */
export async function noteProgress(
  db: Db,
  importId: string,
  { phase, progress, bytesRead, read, refused }: Progress,
): Promise<void> {
  const [row] = await sqlRows<{ cancelled: boolean }>(
    db,
    `update "ImportRun" set "phase" = $2::"ImportPhase", "progress" = least($3::float8, 1),
       "bytesRead" = coalesce($4::bigint, "bytesRead"), "read" = coalesce($5::int, "read"),
       "refused" = coalesce($6::int, "refused")
     where "id" = $1::uuid
     returning "cancelRequestedAt" is not null as cancelled`,
    [importId, phase, progress, bytesRead ?? null, read ?? null, refused ?? null],
  );
  if (row?.cancelled) throw cancelled();
}

/**
 * Takes a block of record positions. Outside the import's transaction, which would else keep the project's row
 * locked until it ends; a block of an import that failed stays unused.
 */
export async function takePositions(db: Db, projectId: string, count: number): Promise<bigint> {
  const [row] = await sqlRows<{ first: bigint }>(
    db,
    `update "Project" set "nextPosition" = "nextPosition" + $2::bigint where "id" = $1::uuid
     returning "nextPosition" - $2::bigint as first`,
    [projectId, count],
  );
  if (!row) throw new AppError("not_found", "The project is gone.");
  return row.first;
}

/** What an ended run no longer needs: the query string of an address may hold a secret. */
const FORGET = `"storedAs" = null, "phase" = null, "progress" = null, "url" = split_part("url", '?', 1)`;

/**
 * Writes the end of an import in its own transaction, which began with the import, and gives the room of its file
 * back.
 */
export async function finishImport(
  client: pg.ClientBase,
  importId: string,
  counts: EndCounts & Pick<ImportRun, "nearDuplicates">,
): Promise<void> {
  const { read, imported, updated, skipped, refused, skippedDeleted, restored, nearDuplicates } = counts;
  if (read !== imported + updated + skipped + refused)
    throw new Error(`An import lost rows: ${JSON.stringify(counts)}`);
  await client.query(`${unlinkFileOf('"ImportRun"')} where "ImportRun"."id" = $1::uuid`, [importId]);
  await client.query(
    `update "ImportRun" set "status" = 'succeeded', "finishedAt" = clock_timestamp(), ${FORGET}, "bytesRead" = "bytes",
       "read" = $2::int, "imported" = $3::int, "updated" = $4::int, "skipped" = $5::int, "refused" = $6::int,
       "skippedDeleted" = $7::int, "restored" = $8::int,
       "nearDuplicates" = $9::int
     where "id" = $1::uuid`,
    [importId, read, imported, updated, skipped, refused, skippedDeleted, restored, nearDuplicates],
  );
  for (const [outcome, count] of Object.entries({ imported, updated, skipped, refused }))
    importedRows().inc({ outcome }, count);
}

/** Ends an import that wrote nothing. */
export async function endImport(
  db: Db,
  importId: string,
  status: "failed" | "cancelled",
  error: ImportRun["error"] = null,
): Promise<void> {
  await sqlRun(
    db,
    `with ending as (
       select "id", "storedAs" as "file" from "ImportRun"
       where "id" = $1::uuid and "status" in ('queued', 'running') for update
     ), ended as (
       update "ImportRun" run set "status" = $2::"ImportStatus", "finishedAt" = now(), "read" = 0,
         "refused" = 0, "error" = $3::jsonb, ${FORGET}
       from ending where run."id" = ending."id" returning ending."file" as "storedAs"
     ) ${unlinkFileOf("ended")}`,
    [importId, status, error && JSON.stringify(error)],
  );
}
