import type pg from "pg";
import type { ExportInput } from "@/contracts/exports";
import { type ProjectActor, recordAudit, requireScope, seesOnlyOwn } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import { parseQuery, recordFilter } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { type Sql, sql } from "@/server/platform/sql";
import { checkExport, findPosition, peerFormat, tableFormat } from "./check-export";
import { contentDisposition } from "./file-name";
import { openPeerFile } from "./open-peer-file";
import { type OpenedFile, openTableFile } from "./open-table-file";

/** A file that is written while it is read. */
export type ExportFile = {
  headers: Record<string, string>;
  chunks: AsyncGenerator<string | Uint8Array>;
};

type Databases = { db: Db; pool: pg.Pool };
type Request = { address?: string | null; signal: AbortSignal };

/**
 * Checks an export and makes it ready to be read piece by piece, in the memory of a few batches, as of one moment. The
 * caller reads `chunks` to the end or aborts `signal`, which ends the query too. It is written into the audit log.
 * @throws AppError `forbidden`, `invalid`, `invalid_query`, `no_snapshot`, `format_holds_less`
 */
export async function openExport(
  { db, pool }: Databases,
  actor: ProjectActor,
  input: ExportInput,
  { signal, address = null }: Request,
): Promise<ExportFile> {
  requireScope(actor, "export:read");
  const { kind, format, label } = input;
  checkExport(input);
  const { headers, extension, contentType, chunks } = await openFile(db, actor, input);
  await recordAudit(db, {
    projectId: actor.projectId,
    actorId: actor.userId,
    action: "export.started",
    target: kind,
    details: { format, ...(label === undefined ? {} : { label }) },
    address,
  });
  const name = [actor.projectSlug, kind, ...(label === undefined ? [] : [label])];
  return {
    headers: {
      ...headers,
      "content-type": contentType,
      "content-disposition": contentDisposition(name, extension),
    },
    chunks: chunks(pool, signal),
  };
}

/**
 * Tries an export without reading it: what `openExport` would refuse is refused.
 * @throws AppError as {@link openExport}
 */
export async function tryExport(
  db: Db,
  actor: ProjectActor,
  input: ExportInput,
): Promise<{ contentType: string; snapshots: string[] }> {
  requireScope(actor, "export:read");
  checkExport(input);
  const { headers, contentType } = await openFile(db, actor, input);
  return { contentType, snapshots: headers["x-tandem-snapshot"]?.split(",") ?? [] };
}

async function openFile(db: Db, actor: ProjectActor, input: ExportInput): Promise<OpenedFile> {
  const { projectId } = actor;
  const active = (await findActiveSchema(db, actor))?.labelSchema ?? [];
  const scope = {
    projectId,
    sight: await loadSight(db, actor),
    records: await recordsOf(db, actor, input),
    after: await findPosition(db, projectId, input),
    label: input.label,
    labelOrder: active.map(({ name }) => name),
  };
  const format = peerFormat(input);
  return format
    ? openPeerFile(db, scope, { format, input, active })
    : openTableFile(db, scope, { ...input, format: tableFormat(input) });
}

/**
 * The records to export. Final labels without a query are the rows of their snapshot, whatever became of the records
 * since, so that the file is the same each time; a query finds records as they are now.
 */
async function recordsOf(db: Db, actor: ProjectActor, { kind, query }: ExportInput): Promise<Sql> {
  const asked = parseQuery(readJson(query));
  if (kind === "final" && asked === null && !seesOnlyOwn(actor))
    return sql`r."projectId" = ${actor.projectId}::uuid`;
  return recordFilter(db, actor, asked);
}

function readJson(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = "is not JSON";
    throw new AppError("invalid_query", `The query ${message}.`, {
      cause,
      errors: [{ path: "query", message }],
    });
  }
}
