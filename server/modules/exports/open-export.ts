import type pg from "pg";
import type { ExportInput } from "@/contracts/exports";
import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { parseQuery, recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { ExportSource } from "./column";
import { annotationExport } from "./kinds/annotations";
import { finalLabelExport } from "./kinds/final-labels";
import { readLabelOrder } from "./kinds/label-scope";
import { recordExport } from "./kinds/records";
import { verificationExport } from "./kinds/verifications";
import { writeCsv, writeJsonLines } from "./write-rows";

/** A file that is written while it is read. */
export type ExportFile = { headers: Record<string, string>; chunks: AsyncGenerator<string> };

type Databases = { db: Db; pool: pg.Pool };
type Request = { address?: string | null; signal: AbortSignal };

/**
 * Checks an export and makes it ready to be read piece by piece, in the memory of one batch, as of one moment. The
 * caller reads `chunks` to the end or aborts `signal`, which ends the query too. It is written into the audit log.
 * @throws AppError `forbidden`, `invalid_query`, `no_snapshot`
 */
export async function openExport(
  { db, pool }: Databases,
  actor: ProjectActor,
  input: ExportInput,
  { signal, address = null }: Request,
): Promise<ExportFile> {
  requireScope(actor, "export:read");
  const { kind, format, label } = input;
  const source = await openSource(db, actor, input);
  await recordAudit(db, {
    projectId: actor.projectId,
    actorId: actor.userId,
    action: "export.started",
    target: kind,
    details: { format, ...(label === undefined ? {} : { label }) },
    address,
  });
  const rows = source.batches(pool, signal);
  const guardFormulas = input.formulas !== "raw";
  const { "x-tandem-types": types, ...headers } = source.headers;
  const isCsv = format === "csv";
  return {
    headers: {
      ...headers,
      ...(isCsv && types ? { "x-tandem-types": types } : {}),
      "content-type": isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${actor.projectSlug}-${kind}.${format}"`,
    },
    chunks: isCsv
      ? writeCsv(rows, { names: source.names, guardFormulas, bom: input.bom })
      : writeJsonLines(rows, source.keys),
  };
}

async function openSource(db: Db, actor: ProjectActor, input: ExportInput): Promise<ExportSource> {
  const { kind, label, snapshot } = input;
  const records = await recordFilter(db, actor, parseQuery(readJson(input.query)));
  const scope = { projectId: actor.projectId, records, label, labelOrder: await readLabelOrder(db, actor) };
  if (kind === "records") return recordExport(db, scope);
  if (kind === "annotations") return annotationExport(scope);
  if (kind === "verifications") return verificationExport(scope, input);
  return finalLabelExport(db, scope, snapshot);
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
