import { z } from "zod";
import { id } from "./common";
import { verdictStatus } from "./verifications";

const exportKind = z.enum(["records", "annotations", "final", "verifications"]);
const exportFormat = z.enum(["csv", "jsonl"]);

/** The query string of an export; `query` is the tree as JSON. */
export const exportInput = z.object({
  kind: exportKind,
  format: exportFormat.default("csv"),
  query: z.string().max(100_000).optional(),
  label: z.string().max(100).optional(),
  /** Of final labels; default: each label's newest. */
  snapshot: id.optional(),
  /** Of verifications. */
  status: verdictStatus.optional(),
  jobId: id.optional(),
  verifierId: id.optional(),
  formulas: z.enum(["escape", "raw"]).default("escape"),
  bom: z.stringbool().default(false),
});
export type ExportInput = z.infer<typeof exportInput>;
