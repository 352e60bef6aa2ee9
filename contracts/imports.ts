import { z } from "zod";
import { fieldProblem, id, isoTime, listOf, page, projectRef } from "./common";
import { metadataVisibility } from "./projects";

const importFormat = z.enum(["csv", "tsv", "jsonl", "json"]);
const onExisting = z.enum(["skip", "update", "fail"]);
const importEncoding = z.enum(["auto", "utf-8", "latin1", "utf-16le"]);
const metadataType = z.enum(["string", "number", "boolean", "json"]);
export type MetadataType = z.infer<typeof metadataType>;

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

const importErrorCode = z.enum([
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
  "bad_type",
]);
export type ImportErrorCode = z.infer<typeof importErrorCode>;

const importStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
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

export const importRunList = listOf(importRun);
export const listImportsInput = page.extend({ project: projectRef });

const texts = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

/** `name:value` pairs, repeated or with commas between; or one JSON object, for names that hold either. */
const pairs = <T>(value: z.ZodType<T>) =>
  texts.transform((given, ctx): Record<string, T> => {
    const parts = given.flatMap((text) => (text.startsWith("{") ? [text] : text.split(",")));
    const entries = parts.flatMap((part) =>
      part.startsWith("{") ? jsonEntries(part, ctx) : [splitPair(part)],
    );
    return Object.fromEntries(
      entries.flatMap(([name, text]): [string, T][] => {
        const parsed = value.safeParse(text);
        if (parsed.success && name !== "") return [[name, parsed.data]];
        const message = parsed.error?.issues[0]?.message ?? "must have the form name:value";
        ctx.addIssue({ code: "custom", message: `${name || text}: ${message}` });
        return [];
      }),
    );
  });

function splitPair(part: string): [string, string] {
  const colon = part.lastIndexOf(":");
  return [part.slice(0, Math.max(colon, 0)).trim(), part.slice(colon + 1).trim()];
}

function jsonEntries(text: string, ctx: z.RefinementCtx): [string, string][] {
  try {
    return Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text)));
  } catch {
    ctx.addIssue({ code: "custom", message: "must be a JSON object of texts, or name:value pairs" });
    return [];
  }
}

const columnName = z.string().min(1, "must name a column").max(1000);

/** The query string of an import; `format` is told by the Content-Type or the file's name when left out. */
export const importQuery = z.object({
  id: columnName.optional(),
  content: columnName.optional(),
  metadata: texts.default([]),
  types: pairs(metadataType).default({}),
  visibility: pairs(metadataVisibility).default({}),
  encoding: importEncoding.default("auto"),
  onExisting: onExisting.default("skip"),
  unescapeFormulas: z.stringbool().default(false),
  format: importFormat.optional(),
  fileName: z.string().max(300).optional(),
});

/** The first bytes of a file, to see what it holds before it is sent. */
export const previewImportInput = z.object({
  project: projectRef,
  fileName: z.string().max(300),
  /** Base64 of at most 256 KB. */
  sample: z.base64().max(400_000),
  /** Whether the sample is the whole file. */
  whole: z.boolean(),
  format: importFormat.optional(),
  encoding: importEncoding.default("auto"),
});

const previewColumn = z.object({
  name: z.string(),
  type: metadataType,
  /** Share of the rows looked at in which it is not empty. */
  filled: z.number(),
  /** What the file's names and values suggest; `skip` leaves the column out. */
  suggestion: z.enum(["id", "content", "metadata", "skip"]),
  /** Visibility of the metadata name that the project has already. */
  visibility: metadataVisibility.nullable(),
});
export const importPreview = z.object({
  format: importFormat,
  encoding: z.string(),
  columns: z.array(previewColumn),
  /** The first rows, a text for each column, cut to 300 characters. */
  rows: z.array(z.array(z.string())),
  /** Rows looked at. */
  looked: z.number().int(),
});
export type ImportPreview = z.infer<typeof importPreview>;
