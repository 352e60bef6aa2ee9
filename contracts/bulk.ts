import { z } from "zod";
import { fieldProblem, id, isoTime, isStorable, listOf, page, projectRef, storableJson } from "./common";
import { queryJson } from "./query";
import type { Scope } from "./roles";

const name = z
  .string()
  .trim()
  .min(1)
  .max(100, "must be at most 100 characters")
  .refine(isStorable, "must be valid Unicode without U+0000");

/** Characters of one metadata value as JSON. */
const MAX_VALUE = 10_000;
const metadataValue = storableJson.refine(
  (value) => (typeof value === "string" ? value : JSON.stringify(value)).length <= MAX_VALUE,
  `must be at most ${MAX_VALUE} characters`,
);

/** What is done to every record of a set. */
export const bulkAction = z.discriminatedUnion("type", [
  /** Takes the records out of every query. */
  z.strictObject({ type: z.literal("delete") }),
  /** Brings excluded records back; the set is `recordIds`, or every excluded record. */
  z.strictObject({ type: z.literal("restore") }),
  /** Sets one metadata name; `null` takes it away. */
  z.strictObject({ type: z.literal("setMetadata"), name, value: metadataValue.nullable() }),
  /** Labels the records as the person who asks; a label of records, not of spans. */
  z.strictObject({
    type: z.literal("label"),
    name,
    value: z.array(z.string().max(200)).min(1, "must hold an option; clearLabel takes labels away").max(200),
  }),
  /** Takes away that person's own label. */
  z.strictObject({ type: z.literal("clearLabel"), name }),
  /** Of a static subset. */
  z.strictObject({ type: z.literal("addToSubset"), subsetId: id }),
  z.strictObject({ type: z.literal("removeFromSubset"), subsetId: id }),
]);
export type BulkAction = z.infer<typeof bulkAction>;

/** What each action asks of whoever starts it, stops it or takes it back. */
export const bulkActionScopes = {
  delete: "records:write",
  restore: "records:write",
  setMetadata: "records:write",
  label: "annotations:write",
  clearLabel: "annotations:write",
  addToSubset: "subsets:write",
  removeFromSubset: "subsets:write",
} as const satisfies Record<BulkAction["type"], Scope>;

/**
 * Starts an action on what a query finds (`{}`: every record), or on listed records. To restore, the query must
 * be `{}`: every excluded record.
 */
export const startBulkInput = z
  .strictObject({
    project: projectRef,
    action: bulkAction,
    query: queryJson.optional(),
    recordIds: z.array(id).min(1).max(10_000).optional(),
    /** Records of the query that were unticked. */
    except: z.array(id).max(10_000).optional(),
  })
  .refine(({ query, recordIds }) => (query === undefined) !== (recordIds === undefined), {
    path: ["query"],
    message: "or recordIds must be given, and not both; {} is every record",
  });

const bulkStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled", "undoing", "undone"]);
export type BulkStatus = z.infer<typeof bulkStatus>;

export const bulkSkipReason = z.enum([
  /** It was so already. */
  "unchanged",
  /** Deleted since the action was started. */
  "deleted",
  /** Blanked for good. */
  "erased",
  /** No longer opened to the person. */
  "out_of_reach",
  /** Undo only: somebody changed it after the action. */
  "changed_since",
]);
export type BulkSkipReason = z.infer<typeof bulkSkipReason>;

const skipped = z.array(z.object({ reason: bulkSkipReason, count: z.number().int() }));
const person = z.object({ id, name: z.string() });

export const bulkRun = z.object({
  id,
  status: bulkStatus,
  action: bulkAction,
  /** Where the set came from; null when the records were listed. */
  query: queryJson.nullable(),
  /** Records in the set, frozen when it was started. */
  total: z.number().int(),
  /** Of them looked at. */
  done: z.number().int(),
  /** Of these changed; the rest stands in `skipped`. */
  changed: z.number().int(),
  skipped,
  /** Why it failed; what was done until then stays, and can be undone. */
  error: z
    .object({ code: z.string(), detail: z.string(), errors: z.array(fieldProblem).optional() })
    .nullable(),
  createdBy: person,
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
  /** Whether what was there before is still kept, so that it can be brought back. */
  undoable: z.boolean(),
  undo: z
    .object({
      /** Changed records looked at, of `changed`. */
      done: z.number().int(),
      restored: z.number().int(),
      skipped,
      startedBy: person,
      startedAt: isoTime,
      finishedAt: isoTime.nullable(),
    })
    .nullable(),
});
export type BulkRun = z.infer<typeof bulkRun>;

export const bulkRunRef = z.object({ project: projectRef, id });
export const listBulkRunsInput = page.extend({ project: projectRef });
export const watchBulkRunsInput = z.object({ project: projectRef });
export const bulkRunList = listOf(bulkRun);
