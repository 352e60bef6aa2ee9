import { z } from "zod";
import { answerReason, answerStatus } from "./annotating";
import { id, isoTime, isStorable, jsonValue, listOf, page, projectRef, storableJson } from "./common";
import { confidenceMethod } from "./confidence";
import { queryJson, sort } from "./query";
import { verification } from "./verifications";

export const annotatorKind = z.enum(["user", "job", "imported"]);
const annotatorSummary = z.object({ id, kind: annotatorKind, name: z.string() });

const annotatorOverview = annotatorSummary.extend({
  /** The names of the labels they put on any record. */
  labels: z.array(z.string()),
  /** Of a job: when it was started. */
  createdAt: isoTime,
});
export type AnnotatorOverview = z.infer<typeof annotatorOverview>;
export const listAnnotatorsInput = z.object({ project: projectRef });
export const annotatorList = z.object({ items: z.array(annotatorOverview) });

/** Stored as start and end of a label that says "there is no span of this label here"; shown, it has neither. */
export const NO_SPAN = -2;

/**
 * One label's value that one annotator put on one record, or on one span of it. A label of spans without value and
 * place says that its annotator found none in the record.
 */
const annotation = z.object({
  id,
  recordId: id,
  annotator: annotatorSummary,
  label: z.string(),
  level: z.enum(["record", "span"]),
  value: z.array(z.string()),
  /** Code points; absent for record labels, and where no span was found. */
  start: z.number().int().optional(),
  end: z.number().int().optional(),
  conf: z.number().nullable(),
  confMethod: confidenceMethod.nullable(),
  confReason: z.string().nullable(),
  probabilities: z.record(z.string(), z.number()).nullable(),
  metadata: z.record(z.string(), jsonValue),
  schemaVersion: z.number().int(),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type Annotation = z.infer<typeof annotation>;

export const record = z.object({
  id,
  externalId: z.string(),
  content: z.string(),
  position: z.number().int(),
  createdAt: isoTime,
  metadata: z.record(z.string(), jsonValue).optional(),
  annotations: z.array(annotation).optional(),
  verifications: z.array(verification).optional(),
});
export type RecordRow = z.infer<typeof record>;

export const include = z.array(z.enum(["annotations", "verifications", "metadata"])).default([]);

export const searchInput = page.extend({
  project: projectRef,
  /** Holds the sort values of a record, so it is longer than that of other lists. */
  cursor: z.string().max(64_000).optional(),
  /** With a cursor: the page that follows its place, or the one that ends before it. */
  direction: z.enum(["forward", "backward"]).default("forward"),
  /** Without a cursor: the first page, or the last. */
  at: z.enum(["start", "end"]).default("start"),
  /** Without a cursor: how many records to pass over from there. They are read, so a program pages by cursor. */
  skip: z.number().int().min(0).max(10_000_000).optional(),
  query: queryJson.optional(),
  sort: sort.optional(),
  include,
  /** `exact` waits for an exact count however long it takes. */
  total: z.enum(["exact", "fast"]).default("fast"),
});

/** Something that a person may want to know about how a search was answered. */
const searchNote = z.object({
  /** The order or range was read without the index of this metadata name, which is being built. */
  code: z.literal("metadata_index_building"),
  name: z.string(),
});
export type SearchNote = z.infer<typeof searchNote>;

/** Items always stand in the order asked for, also on a page read backward. */
export const searchOutput = listOf(record).extend({
  /** The place before the first item, for `direction: "backward"`; null when nothing comes before. */
  prevCursor: z.string().nullable(),
  notes: z.array(searchNote).optional(),
});
export type SearchPage = z.infer<typeof searchOutput>;

export const writeAnnotationsInput = z.object({
  project: projectRef,
  items: z
    .array(
      z.object({
        recordId: id,
        labels: z
          .array(
            z.object({
              name: z.string().max(100),
              value: z.array(z.string().max(200)).max(200),
              start: z.number().int().min(0).optional(),
              end: z.number().int().min(1).optional(),
              metadata: z.record(z.string().max(100).refine(isStorable), storableJson).optional(),
              /** Instead of a value: can't tell, or (of a label of spans) nothing to mark. */
              status: answerStatus.optional(),
              reason: answerReason.optional(),
            }),
          )
          .min(1)
          .max(1000),
      }),
    )
    .min(1)
    .max(1000),
});

/** The writer's labels on each record afterwards, of the labels that the item named. */
export const writeAnnotationsOutput = z.object({
  items: z.array(
    z.object({
      recordId: id,
      labels: z.array(
        z.object({
          id,
          name: z.string(),
          value: z.array(z.string()),
          start: z.number().int().optional(),
          end: z.number().int().optional(),
        }),
      ),
    }),
  ),
});

export const getRecordInput = z.object({ project: projectRef, id });

/** Sets one metadata name on many records; `null` takes it away. All or nothing. */
export const putMetadataInput = z.object({
  project: projectRef,
  name: z.string().trim().min(1).max(255).refine(isStorable, "must be valid Unicode without U+0000"),
  values: z
    .array(
      z
        .object({
          recordId: id.optional(),
          externalId: z
            .string()
            .max(255)
            .refine(isStorable, "must be valid Unicode without U+0000")
            .optional(),
          value: storableJson,
        })
        .refine(
          ({ recordId, externalId }) => (recordId === undefined) !== (externalId === undefined),
          "must name the record by recordId or by externalId",
        ),
    )
    .min(1)
    .max(10_000),
});
export const putMetadataOutput = z.object({
  /** Records whose value changed. */
  updated: z.number().int(),
  unchanged: z.number().int(),
});
