import { z } from "zod";
import { id, interval, isoTime, labelRef, projectRef } from "./common";
import { queryJson } from "./query";
import { annotatorKind } from "./records";

export const compareInput = z.object({
  project: projectRef,
  label: labelRef,
  /** Job ids and user ids. */
  annotators: z.array(id).min(1).max(20),
  gold: z
    .union([
      z.strictObject({ metadata: z.string().min(1).max(255) }),
      z.strictObject({ annotator: id }),
      z.strictObject({ final: id }),
      /** Current verdicts of people. */
      z.strictObject({ verified: z.literal(true) }),
    ])
    .optional(),
  /** Narrow the records. */
  subsetId: id.optional(),
  query: queryJson.optional(),
});

const compareAnnotator = z.object({
  id,
  name: z.string(),
  n: z.number().int(),
  /** Of a job: records that are examples of its prompt or repeat one. It was not asked about them. */
  examples: z.number().int(),
  correct: z.number().int(),
  accuracy: z.number().nullable(),
  interval: interval.nullable(),
  /** gold -> given -> count */
  confusion: z.record(z.string(), z.record(z.string(), z.number().int())),
  perOption: z.array(
    z.object({
      value: z.string(),
      precision: z.number().nullable(),
      recall: z.number().nullable(),
      f1: z.number().nullable(),
      support: z.number().int(),
    }),
  ),
});
const comparePair = z.object({
  a: id,
  b: id,
  n: z.number().int(),
  both: z.number().int(),
  onlyA: z.number().int(),
  onlyB: z.number().int(),
  neither: z.number().int(),
  difference: z.number().nullable(),
  interval: interval.nullable(),
  mcnemarP: z.number().nullable(),
  kappa: z.number().nullable(),
  kappaReason: z.string().optional(),
  /** Records that both labelled, and those where they differ. */
  overlap: z.number().int(),
  conflicts: z.number().int(),
});
export const compareOutput = z.object({
  label: z.string(),
  options: z.array(z.string()),
  /** Gold values that are no option of the label, left out. */
  goldInvalid: z.number().int(),
  annotators: z.array(compareAnnotator),
  pairs: z.array(comparePair),
});
export type CompareResult = z.infer<typeof compareOutput>;

export const listLabellersInput = z.object({ project: projectRef, label: labelRef });
/** Whoever has labelled, and on how many records. */
const labeller = z.object({
  id,
  kind: annotatorKind,
  name: z.string(),
  /** Records with a value of the label by this annotator. */
  records: z.number().int(),
  /** Of a job. */
  agent: z.object({ id, name: z.string(), version: z.number().int(), model: z.string() }).nullable(),
  createdAt: isoTime,
});
export type Labeller = z.infer<typeof labeller>;
export const labellerList = z.object({ items: z.array(labeller) });
