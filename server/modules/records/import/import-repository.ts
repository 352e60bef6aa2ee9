import type pg from "pg";
import { type ImportOptions, type ImportRun, importOptions } from "@/contracts/imports";
import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { TextEncoding } from "./formats/encoding";
import { unlinkFileOf } from "./stored-file";

/** An import whose file waits to be read. */
export type RunnableImport = {
  id: string;
  projectId: string;
  options: ImportOptions;
  encoding: TextEncoding;
  storedAs: string;
};

export type EndCounts = Pick<ImportRun, "read" | "imported" | "updated" | "skipped" | "refused">;

/** The import, unless it has ended. */
export async function readRunnable(
  client: pg.ClientBase,
  importId: string,
): Promise<RunnableImport | undefined> {
  const { rows } = await client.query<Omit<RunnableImport, "options"> & { options: unknown }>(
    `select "id", "projectId", "options", "encoding", "storedAs" from "ImportRun"
     where "id" = $1::uuid and "status" in ('queued', 'running') and "storedAs" is not null`,
    [importId],
  );
  const row = rows[0];
  return row && { ...row, options: importOptions.parse(row.options) };
}

/** Marks an import as running, unless a person cancelled it meanwhile. @throws AppError `import_cancelled` */
export async function beginImport(db: Db, importId: string): Promise<boolean> {
  const [row] = await sqlRows<{ cancelled: boolean }>(
    db,
    `update "ImportRun" set "status" = 'running', "startedAt" = coalesce("startedAt", now()), "read" = 0,
       "refused" = 0
     where "id" = $1::uuid and "status" in ('queued', 'running')
     returning "cancelRequestedAt" is not null as cancelled`,
    [importId],
  );
  if (row?.cancelled) throw cancelled();
  return row !== undefined;
}

/** Shows how far the reading is. @throws AppError `import_cancelled` when a person wants it to stop */
export async function noteProgress(
  db: Db,
  importId: string,
  { read, refused }: Pick<EndCounts, "read" | "refused">,
): Promise<void> {
  const [row] = await sqlRows<{ cancelled: boolean }>(
    db,
    `update "ImportRun" set "read" = $2::int, "refused" = $3::int where "id" = $1::uuid
     returning "cancelRequestedAt" is not null as cancelled`,
    [importId, read, refused],
  );
  if (row?.cancelled) throw cancelled();
}

const cancelled = () => new AppError("import_cancelled", "The import was cancelled. Nothing was imported.");

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

/** Writes the end of an import in its own transaction, and gives the room of its file back. */
export async function finishImport(
  client: pg.ClientBase,
  importId: string,
  counts: EndCounts,
): Promise<void> {
  const { read, imported, updated, skipped, refused } = counts;
  if (read !== imported + updated + skipped + refused)
    throw new Error(`An import lost rows: ${JSON.stringify(counts)}`);
  await client.query(`${unlinkFileOf('"ImportRun"')} where "ImportRun"."id" = $1::uuid`, [importId]);
  await client.query(
    `update "ImportRun" set "status" = 'succeeded', "finishedAt" = now(), "storedAs" = null, "read" = $2::int,
       "imported" = $3::int, "updated" = $4::int, "skipped" = $5::int, "refused" = $6::int
     where "id" = $1::uuid`,
    [importId, read, imported, updated, skipped, refused],
  );
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
       select "id", "storedAs" from "ImportRun"
       where "id" = $1::uuid and "status" in ('queued', 'running') for update
     ), ended as (
       update "ImportRun" run set "status" = $2::"ImportStatus", "finishedAt" = now(), "read" = 0,
         "refused" = 0, "error" = $3::jsonb, "storedAs" = null
       from ending where run."id" = ending."id" returning ending."storedAs"
     ) ${unlinkFileOf("ended")}`,
    [importId, status, error && JSON.stringify(error)],
  );
}
