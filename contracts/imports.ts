import { z } from "zod";
import { fieldProblem, id, isoTime, projectRef } from "./common";
import { metadataVisibility } from "./projects";

export const importFormat = z.enum(["csv", "tsv", "jsonl", "json"]);
export const onExisting = z.enum(["skip", "update", "fail"]);
export const importEncoding = z.enum(["auto", "utf-8", "latin1", "utf-16le"]);
export const metadataType = z.enum(["string", "number", "boolean", "json"]);

/** What the query string of an import, or the import dialog, decides. */
export const importOptions = z.object({
  format: importFormat,
  id: z.string().optional(),
  content: z.string().optional(),
  /** Header names; `["*"]` takes all the rest. */
  metadata: z.array(z.string()).default([]),
  types: z.record(z.string(), metadataType).default({}),
  visibility: z.record(z.string(), metadataVisibility).default({}),
  encoding: importEncoding.default("auto"),
  onExisting: onExisting.default("skip"),
  unescapeFormulas: z.boolean().default(false),
});
export type ImportOptions = z.infer<typeof importOptions>;

export const importErrorCode = z.enum([
  "empty_id",
  "empty_content",
  "ragged_row",
  "duplicate_id",
  "too_long",
  "bad_character",
  "unclosed_quote",
  "id_exists",
  "has_labels",
  "bad_json",
]);

export const importStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export const importRun = z.object({
  id,
  status: importStatus,
  fileName: z.string().nullable(),
  encoding: z.string().nullable(),
  read: z.number().int(),
  imported: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  refused: z.number().int(),
  errors: z.array(
    z.object({
      line: z.number().int(),
      externalId: z.string().optional(),
      code: importErrorCode,
      message: z.string(),
    }),
  ),
  errorsTruncated: z.boolean(),
  error: z
    .object({ code: z.string(), detail: z.string(), errors: z.array(fieldProblem).optional() })
    .nullable(),
  createdAt: isoTime,
  startedAt: isoTime.nullable(),
  finishedAt: isoTime.nullable(),
});
export type ImportRun = z.infer<typeof importRun>;
export const getImportInput = z.object({ project: projectRef, id });
