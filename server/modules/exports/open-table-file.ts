import type pg from "pg";
import type { ExportInput } from "@/contracts/exports";
import type { Db } from "@/server/platform/db";
import type { ExportSource, RowWriter } from "./column";
import { annotationExport } from "./kinds/annotations";
import { finalLabelExport } from "./kinds/final-labels";
import { findSnapshots } from "./kinds/find-snapshots";
import type { ExportScope } from "./kinds/label-scope";
import { recordExport } from "./kinds/records";
import { verificationExport } from "./kinds/verifications";
import { writeParquet } from "./write-parquet";
import { writeCsv, writeJsonLines } from "./write-rows";

/** A file made ready to be written; nothing of its rows has been read. */
export type OpenedFile = {
  headers: Record<string, string>;
  extension: string;
  contentType: string;
  chunks: (pool: pg.Pool, signal: AbortSignal) => AsyncGenerator<string | Uint8Array>;
};

type TableInput = ExportInput & { format: "csv" | "jsonl" | "parquet" };

const contentTypes = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
} as const;

/** A file of rows and columns. @throws AppError `no_snapshot` */
export async function openTableFile(db: Db, scope: ExportScope, input: TableInput): Promise<OpenedFile> {
  const { format } = input;
  const source = await openSource(db, scope, input);
  const { "x-tandem-types": types, ...headers } = source.headers;
  return {
    headers: { ...headers, ...(format === "csv" && types ? { "x-tandem-types": types } : {}) },
    extension: format,
    contentType: contentTypes[format],
    chunks: (pool, signal) => source.write(pool, signal, writerOf(input)),
  };
}

function writerOf({ format, formulas, bom, after }: TableInput): RowWriter {
  if (format === "jsonl") return writeJsonLines;
  if (format === "parquet") return writeParquet;
  const options = { guardFormulas: formulas !== "raw", bom, head: after === undefined };
  return (columns, batches) => writeCsv(columns, batches, options);
}

async function openSource(db: Db, scope: ExportScope, input: TableInput): Promise<ExportSource> {
  if (input.kind === "records") return recordExport(db, scope);
  if (input.kind === "annotations") return annotationExport(scope, input.annotator);
  if (input.kind === "verifications") return verificationExport(scope, input);
  return finalLabelExport(scope, await findSnapshots(db, scope, input.snapshot));
}
