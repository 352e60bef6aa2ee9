import { z } from "zod";
import { id, isoTime, isStorable, listOf, page, projectRef, storableJson } from "./common";

const metadataName = z.string().min(1).max(100).refine(isStorable, "must be valid Unicode without U+0000");

/** Changes one record. Metadata is merged, `null` takes a name away; the text can change while it has no labels. */
export const patchRecordInput = z
  .object({
    project: projectRef,
    id,
    metadata: z
      .record(metadataName, storableJson)
      .refine((given) => Object.keys(given).length <= 200, "holds more than 200 names")
      .optional(),
    content: z.string().min(1, "must not be empty").optional(),
  })
  .refine(({ metadata, content }) => metadata !== undefined || content !== undefined, {
    path: ["metadata"],
    message: "or content must be given",
  });

/** Blanks a record for good. */
export const eraseRecordInput = z.object({
  project: projectRef,
  id,
  /** The record's external id, typed by whoever erases it. */
  confirm: z.string().max(255),
});

export const listExcludedRecordsInput = page.extend({ project: projectRef });

/** A record that was taken out of every query. */
const excludedRecord = z.object({
  id,
  externalId: z.string(),
  /** The first 500 characters of the text; empty when it was erased. */
  excerpt: z.string(),
  excludedAt: isoTime,
  /** Null when it is not known. */
  excludedBy: z.object({ id, name: z.string() }).nullable(),
  /** Its text, metadata, answers and notes are gone; it can't be restored. */
  erased: z.boolean(),
});
export type ExcludedRecord = z.infer<typeof excludedRecord>;
export const excludedRecordList = listOf(excludedRecord);
