import { z } from "zod";
import { answerStatus } from "./annotating";
import { id, isoTime, listOf, page, projectRef } from "./common";
import { annotatorKind } from "./records";
import { verdictStatus } from "./verifications";

const annotator = z.object({ id, kind: annotatorKind, name: z.string() });

/**
 * How a label came to be changed: given by its author, one by one or in `bulk`; by a job or an import; by saying what an
 * answer that could not be read meant (`resolved`); by a `mapping` of a changed schema; or by setting an earlier value
 * again (`restored`). With `_undo`: by taking that back.
 */
const historyOrigin = z.enum([
  "given",
  "job",
  "import",
  "bulk",
  "bulk_undo",
  "resolved",
  "resolved_undo",
  "mapping",
  "mapping_undo",
  "restored",
]);
export type HistoryOrigin = z.infer<typeof historyOrigin>;

/** One thing that happened to a label of a record. */
const historyEntry = z.object({
  id,
  /** A label was set, changed or cleared; somebody judged a label; somebody decided where annotators differ. */
  kind: z.enum(["label", "verdict", "reconciliation"]),
  at: isoTime,
  by: annotator,
  /** Whose label was judged, for a verdict. */
  about: annotator.nullable(),
  label: z.string(),
  /** Code points; absent for a label of the whole record. */
  start: z.number().int().optional(),
  end: z.number().int().optional(),
  /** Null: cleared, or taken back. */
  value: z.array(z.string()).nullable(),
  /** What stood there before; null: nothing. */
  before: z.array(z.string()).nullable(),
  /** Instead of a label: what its author answered. */
  answer: answerStatus.nullable(),
  /** What a verdict says; null also for one that was taken back. */
  status: verdictStatus.nullable(),
  conf: z.number().nullable(),
  note: z.string().nullable(),
  origin: historyOrigin,
  sessionId: id.nullable(),
  /** It is what stands now. */
  current: z.boolean(),
  /** Made on something older: it never counted. */
  overtaken: z.boolean(),
  /** The earlier entry that it sets again. */
  restoredFrom: id.nullable(),
  /** Who set this verdict of its author again, by undoing their own. */
  restoredBy: z.object({ id, name: z.string() }).nullable(),
  /** Whether the asker may set it again. */
  restorable: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

export const listHistoryInput = page.extend({
  project: projectRef,
  id,
  label: z.string().min(1).max(100).optional(),
  /** Whose labels, verdicts and decisions, and the verdicts on whose labels. */
  annotatorId: id.optional(),
});
/** Newest first. */
export const historyList = listOf(historyEntry);

export const restoreHistoryInput = z.object({
  project: projectRef,
  id,
  entryId: id,
  /** For a decision: the one that the asker knows to stand; null for none. */
  base: id.nullish(),
});
/** `changed` is false when the entry says what stands already. */
export const restoreHistoryOutput = z.object({ changed: z.boolean() });
