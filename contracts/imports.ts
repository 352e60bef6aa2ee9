import { z } from "zod";
import { fieldProblem, id, isoTime, listOf, page, projectRef } from "./common";
import { labelFormats, labelImportOptions, labelImportShape, labelReport } from "./label-imports";
import { metadataVisibility } from "./projects";

const importFormat = z.enum(["csv", "tsv", "jsonl", "json", "parquet", "xlsx", "conll"]);
export type ImportFormat = z.infer<typeof importFormat>;
/** How the file came: sent, fetched by the server from an address, or typed into the page. */
const importSource = z.enum(["upload", "url", "paste"]);
/** `labels`: rows also bring labels of a named annotator, in another tool's format. */
const importKind = z.enum(["records", "labels"]);
/** `mark`: a text that is nearly the same as an earlier one gets metadata `duplicate_of`, that one's id. */
const nearDuplicates = z.enum(["off", "mark"]);
/** Metadata that the server works out from the text: `length` in characters, `language` as ISO 639-1. */
const builtInMetadata = z.enum(["length", "language", "duplicate_of"]);
export type BuiltInMetadata = z.infer<typeof builtInMetadata>;
const onExisting = z.enum(["skip", "update", "fail"]);
const importEncoding = z.enum(["auto", "utf-8", "latin1", "utf-16le"]);
const metadataType = z.enum(["string", "number", "boolean", "json"]);
export type MetadataType = z.infer<typeof metadataType>;
/** What a column may be said to hold: `vector`, an array of numbers, goes to the vectors of the column's name instead of the metadata. */
const importType = z.enum([...metadataType.options, "vector"]);
export type ImportType = z.infer<typeof importType>;

/** What the query string of an import, or the import dialog, decides. */
export const importOptions = z.object({
  format: importFormat,
  id: z.string().optional(),
  content: z.string().optional(),
  /** Header names; `["*"]` takes all the rest. */
  metadata: z.array(z.string()).default([]),
  types: z.record(z.string(), importType).default({}),
  visibility: z.record(z.string(), metadataVisibility).default({}),
  encoding: importEncoding.default("auto"),
  onExisting: onExisting.default("skip"),
  unescapeFormulas: z.boolean().default(false),
  kind: importKind.default("records"),
  /** Of the kind `labels`, which needs them. */
  labels: labelImportOptions.optional(),
  /** Of a workbook: the sheet to read; by default the first. */
  sheet: z.string().min(1).max(100).optional(),
  nearDuplicates: nearDuplicates.default("off"),
  /** `duplicate_of` is the same as `nearDuplicates: "mark"`. */
  builtIn: z.array(builtInMetadata).default([]),
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
  "bad_item",
  "unknown_label",
  "unknown_value",
  "too_many_values",
  "wrong_level",
  "span_outside",
  "conflicting_labels",
  "unknown_record",
  "text_differs",
]);
export type ImportErrorCode = z.infer<typeof importErrorCode>;

const importStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
/** What a running import does: `fetching` its file from an address, `reading` it, `writing` records, `marking` near duplicates. */
const importPhase = z.enum(["fetching", "reading", "writing", "marking"]);
export type ImportPhase = z.infer<typeof importPhase>;
export const importRun = z.object({
  id,
  status: importStatus,
  kind: importKind,
  source: importSource,
  /** Of an import by address: where the file came from, without its query string, which may hold a secret. */
  url: z.string().nullable(),
  /** Null until the file of an address has been fetched. */
  format: importFormat.nullable(),
  fileName: z.string().nullable(),
  /** Size of the file; 0 until it is known. */
  bytes: z.number().int(),
  /** How much of the file has been fetched or read so far. */
  bytesRead: z.number().int(),
  phase: importPhase.nullable(),
  /** Share of the phase that is done, 0 to 1; null when it can't be told. */
  progress: z.number().nullable(),
  /** Times that a worker took it up. More than one: an earlier worker was killed or failed. */
  attempts: z.number().int(),
  /** The last time it was begun anew after its worker ended in the middle. Nothing of the lost run was kept. */
  recovered: z
    .object({
      at: isoTime,
      /** What the lost worker was doing, and how many rows it had read. */
      lostPhase: importPhase.nullable(),
      lostRows: z.number().int(),
      /** `file`: from the first row of the kept file; `fetch`: the address was asked again. */
      from: z.enum(["file", "fetch"]),
    })
    .nullable(),
  encoding: z.string().nullable(),
  read: z.number().int(),
  imported: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  refused: z.number().int(),
  /** Of `skipped`: rows whose id belongs to a deleted record, which stays deleted. */
  skippedDeleted: z.number().int(),
  /** Of `updated`: deleted records that `onExisting=update` brought back. */
  restored: z.number().int(),
  /** Records marked as nearly the same as an earlier one; null when that was not asked for. */
  nearDuplicates: z.number().int().nullable(),
  /** Of an import of labels that ended well. */
  labelReport: labelReport.nullable(),
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
  types: pairs(importType).default({}),
  visibility: pairs(metadataVisibility).default({}),
  encoding: importEncoding.default("auto"),
  onExisting: onExisting.default("skip"),
  unescapeFormulas: z.stringbool().default(false),
  kind: importKind.default("records"),
  sheet: z.string().min(1).max(100).optional(),
  nearDuplicates: nearDuplicates.default("off"),
  /** Repeated, or with commas between. */
  builtIn: texts
    .transform((given) => given.flatMap((text) => text.split(",")).filter((name) => name !== ""))
    .pipe(z.array(builtInMetadata))
    .default([]),
  source: z.enum(["upload", "paste"]).default("upload"),
  /** The name of another tool's format says that the file brings labels. */
  format: z.enum([...importFormat.options, ...labelFormats]).optional(),
  fileName: z.string().max(300).optional(),
  ...labelImportShape,
  names: pairs(z.string().max(1000)).default({}),
  values: pairs(z.string().max(1000)).default({}),
});

const fileUrl = z
  .url({ protocol: /^https?$/, error: "must be an address that starts with http:// or https://" })
  .max(2000);

/** An import whose file the server fetches; `format` is told by the answer's Content-Type or the address when left out. */
export const importUrlInput = importOptions.partial({ format: true }).extend({
  project: projectRef,
  url: fileUrl,
  id: columnName.optional(),
  content: columnName.optional(),
});
export const startedImport = importRun.pick({ id: true, status: true });

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

/** The query string of a look into a whole file, sent as the body: for Parquet and workbooks, whose beginning says too little. */
export const previewFileQuery = previewImportInput
  .pick({ format: true, encoding: true })
  .extend({ fileName: z.string().max(300).default(""), sheet: importOptions.shape.sheet });
export const previewUrlInput = previewFileQuery
  .omit({ fileName: true })
  .extend({ project: projectRef, url: fileUrl });

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
  /** Names of a workbook's sheets, in their order; empty for other formats. */
  sheets: z.array(z.string()),
  /** What a person should look at before the import: `column` names the column it is about. */
  warnings: z.array(
    z.object({
      code: z.enum(["damaged_ids", "duplicate_ids", "empty_ids"]),
      column: z.string(),
      message: z.string(),
    }),
  ),
});
export type ImportPreview = z.infer<typeof importPreview>;
