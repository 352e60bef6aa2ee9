import { z } from "zod";
import { id, isoTime, jsonValue, listOf, page, projectRef } from "./common";

export const aggregationPolicy = z.enum(["verified-first", "majority"]);
export type AggregationPolicy = z.infer<typeof aggregationPolicy>;

export const createAggregationInput = z.object({
  project: projectRef,
  label: z.string().min(1).max(100),
  policy: aggregationPolicy,
  /** Whose labels are counted; default: everybody's. */
  annotators: z.array(id).max(1000).optional(),
});
export const aggregationCounts = z.object({
  records: z.number().int(),
  decided: z.number().int(),
  ties: z.number().int(),
  verified: z.number().int(),
  /** option value -> records */
  distribution: z.record(z.string(), z.number().int()),
});
export const aggregation = z.object({
  id,
  label: z.string(),
  policy: aggregationPolicy,
  annotators: z.array(id).nullable(),
  schemaVersion: z.number().int(),
  counts: aggregationCounts,
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export type AggregationSnapshot = z.infer<typeof aggregation>;

export const finalLabel = z.object({
  recordId: id,
  externalId: z.string(),
  content: z.string(),
  value: z.array(z.string()).nullable(),
  tie: z.array(z.string()).optional(),
  confidence: z.number().nullable(),
  entropy: z.number().nullable(),
  provenance: z.record(z.string(), jsonValue),
});
export const getAggregationInput = page.extend({ project: projectRef, id });
/** The snapshot and one page of its rows. */
export const aggregationPage = listOf(finalLabel).extend({ snapshot: aggregation });
