import { z } from "zod";
import { displayName, id, isoTime, jsonValue, listOf, page, projectRef, sampleSeed } from "./common";
import { annotatorRef, queryJson, sort } from "./query";

const subsetKind = z.enum(["live", "static"]);
const person = z.object({ id, name: z.string() });
export type Person = z.infer<typeof person>;
const recordIds = z.array(id).min(1).max(10_000);
const name = z.string().min(1).max(255);
const size = z.number().int().min(1).max(1_000_000);

/** More strata than this are hardly strata: a field of free text was named by mistake. */
export const MAX_STRATA = 1000;

/**
 * What divides the records of a stratified sample: a metadata value, a record label that a person or job gave,
 * or the confidence of such a label in bins of equal width. What has none is a stratum of its own.
 */
const stratifyBy = z.union([
  z.strictObject({ metadata: name }),
  z.strictObject({ label: name, annotator: annotatorRef }),
  z.strictObject({
    confidence: z.strictObject({ label: name, annotator: annotatorRef }),
    bins: z.number().int().min(2).max(100).default(10),
  }),
]);
export type StratifyBy = z.infer<typeof stratifyBy>;

/**
 * How many of each stratum: in proportion to its records (at least one of each), equally many of each, or as
 * given, by the value of a stratum; what isn't given gets none.
 */
const allocation = z.union([
  z.enum(["proportional", "equal"]),
  z
    .array(z.strictObject({ stratum: jsonValue, size: z.number().int().min(0).max(1_000_000) }))
    .min(1)
    .max(MAX_STRATA),
]);

const sampleInput = z.strictObject({
  /** So many records, or this share of them; neither beside a given allocation. */
  size: size.optional(),
  share: z.number().gt(0).max(1).optional(),
  /** The same records, seed and design give the same sample. */
  seed: sampleSeed,
  stratifyBy: stratifyBy.optional(),
  allocation: allocation.optional(),
});
export type SampleInput = z.infer<typeof sampleInput>;

/** One stratum of a sample that was drawn, or would be. */
const stratum = z.object({
  /** A metadata value, the values of a label, `[from, to]` of a confidence; null: has none, or all records. */
  value: jsonValue,
  /** N_h: how many records there were to draw from. */
  records: z.number().int(),
  /** n_h: how many were drawn. */
  sampled: z.number().int(),
  /** The exact chance n_h / N_h of each record to be drawn; weight by its inverse. */
  inclusion: z.number(),
});
export type Stratum = z.infer<typeof stratum>;

/** How a sample was drawn, for statistics about the records it was drawn from. */
export const sampleDesign = sampleInput.extend({
  from: z.number().int(),
  strata: z.array(stratum).optional(),
});

export const subset = z.object({
  id,
  name: z.string(),
  kind: subsetKind,
  query: queryJson.nullable(),
  sample: sampleDesign.nullable(),
  /** As of `countedAt`: in lists it may be some minutes old. */
  count: z.number().int(),
  countedAt: isoTime,
  /** People who have it now: how many, and the names of the first five. */
  assigned: z.object({ total: z.number().int(), people: z.array(person) }),
  createdBy: person,
  createdAt: isoTime,
});
export type Subset = z.infer<typeof subset>;

const subsetContent = z.strictObject({
  project: projectRef,
  query: queryJson.optional(),
  /** With `limit`: keeps the first so many of the query in this order (static only). */
  sort: sort.optional(),
  limit: size.optional(),
  recordIds: recordIds.optional(),
  from: z
    .object({ op: z.enum(["union", "intersection", "difference"]), subsets: z.array(id).min(2).max(20) })
    .optional(),
  /** Records of these subsets are left out, before anything is limited or drawn. */
  exclude: z.array(id).min(1).max(20).optional(),
  sample: sampleInput.optional(),
});
export const createSubsetInput = subsetContent.extend({
  name: displayName,
  kind: subsetKind.default("static"),
});

/** What would be saved, before it is. */
export const previewSubsetInput = subsetContent;
export const subsetPreview = z.object({
  /** How many records the subset would hold. */
  count: z.number().int(),
  /** Only of a sample: what it is drawn from. */
  strata: z.array(stratum).nullable(),
});

export const patchSubsetInput = z.object({ project: projectRef, id, name: displayName });

/** Listed records, or all that a query finds. */
const recordChoice = z.union([recordIds, z.strictObject({ query: queryJson })]);
export const changeSubsetRecordsInput = z.object({
  project: projectRef,
  id,
  add: recordChoice.optional(),
  remove: recordChoice.optional(),
});
export const changeSubsetRecordsOutput = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  subset,
});

export const deleteSubsetInput = z.object({
  project: projectRef,
  id,
  /** Withdraws its assignments too; without it an assigned subset is not deleted. */
  withdraw: z.stringbool().or(z.boolean()).optional(),
});

export const subsetList = listOf(subset);
export const listSubsetsInput = page.extend({ project: projectRef });
/** A subset or an assignment of the project. */
export const subsetRef = z.object({ project: projectRef, id });
