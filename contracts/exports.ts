import { z } from "zod";
import { aggregationPolicy } from "./aggregation";
import { id, isoTime, projectRef } from "./common";
import { annotatorKind } from "./records";
import { verdictStatus } from "./verifications";

/** What a file holds: texts, everybody's labels, one label a record with where it comes from, people's verdicts. */
export const exportKind = z.enum(["records", "annotations", "final", "verifications"]);
export type ExportKind = z.infer<typeof exportKind>;

/** A row a line, or a column a block: every kind has them. */
export const tableFormats = ["csv", "jsonl", "parquet"] as const;
/** Files of other tools, which hold records with their labels: of the kinds `records`, `annotations` and `final`. */
export const peerFormats = ["labelstudio", "doccano", "argilla", "openai-evals", "conll", "spacy"] as const;
export const exportFormat = z.enum([...tableFormats, ...peerFormats]);
export type ExportFormat = z.infer<typeof exportFormat>;

/** The query string of an export; `query` is the tree as JSON. */
export const exportInput = z.object({
  kind: exportKind,
  format: exportFormat.default("csv"),
  query: z.string().max(100_000).optional(),
  label: z.string().max(100).optional(),
  /** Of annotations: only this one's. */
  annotator: id.optional(),
  /** Of final labels; default: each label's newest. */
  snapshot: id.optional(),
  /** Of verifications. */
  status: verdictStatus.optional(),
  jobId: id.optional(),
  verifierId: id.optional(),
  after: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      "Goes on where another download was cut: what stands first in the last row of its last whole record. The rows of " +
        "the records after that one come without the header, so that both parts joined are the file. For csv and jsonl; " +
        "of final labels together with snapshot.",
    ),
  formulas: z.enum(["escape", "raw"]).default("escape"),
  bom: z.stringbool().default(false),
});
export type ExportInput = z.infer<typeof exportInput>;

/** What an export can be narrowed to, and what each format can't hold, as sentences. */
export const exportChoices = z.object({
  labels: z.array(z.string()),
  annotators: z.array(z.object({ id, name: z.string(), kind: annotatorKind })),
  snapshots: z.array(
    z.object({
      ...{ id, label: z.string(), policy: aggregationPolicy, createdAt: isoTime },
      /** Rows, and those among them that have no value because of a tie. */
      records: z.number().int(),
      ties: z.number().int(),
    }),
  ),
  formats: z.array(z.object({ format: exportFormat, losses: z.array(z.string()) })),
});
export type ExportChoices = z.infer<typeof exportChoices>;
export const exportChoicesInput = z.object({ project: projectRef });

/** An export that is only tried: nothing is read. */
export const checkExportInput = exportInput.omit({ bom: true }).extend({ project: projectRef });
export const checkedExport = z.object({
  contentType: z.string(),
  /** Of the final labels that the file would hold. */
  snapshots: z.array(id),
});
