import { z } from "zod";
import { id, listOf, page, projectRef } from "./common";

/** Answers of a job that could not be read, each text once. */
export const listInvalidAnswersInput = page.extend({
  project: projectRef,
  id,
  /** `false`: only what nobody has resolved yet. */
  resolved: z.stringbool().or(z.boolean()).optional(),
});
const invalidAnswer = z.object({
  /** The raw answer; its first 2,000 characters. */
  text: z.string(),
  /** Why it could not be read. */
  reason: z.string().nullable(),
  /** Records with this answer, and those of them that are resolved. */
  count: z.number().int(),
  resolved: z.number().int(),
  /** One of them, to look at and to resolve by; not resolved yet, where there is one. */
  recordId: id,
  externalId: z.string(),
});
export type InvalidAnswer = z.infer<typeof invalidAnswer>;
export const listInvalidAnswersOutput = listOf(invalidAnswer);

export const resolveAnswerInput = z.object({
  project: projectRef,
  id,
  recordId: id,
  label: z.string().min(1).max(100),
  /** Option values; empty for a label of spans. */
  value: z.array(z.string().max(200)).max(200).default([]),
  /** For a label of spans: which there are; empty: nothing to mark. Code points, end exclusive. */
  spans: z
    .array(
      z.object({
        start: z.number().int().min(0),
        end: z.number().int().min(1),
        value: z.array(z.string().max(200)).min(1).max(200),
      }),
    )
    .max(1000)
    .optional(),
  /** Also all other records with the same answer, but those to which you gave this label before. */
  sameText: z.boolean().default(false),
});
export type ResolveAnswerInput = z.infer<typeof resolveAnswerInput>;
export const resolvedAnswers = z.object({
  /** Records that have your label now. */
  resolved: z.number().int(),
  /** Records with the same answer whose label you had given before; it stays. */
  kept: z.number().int(),
});
export type ResolvedAnswers = z.infer<typeof resolvedAnswers>;

export const takeBackAnswerInput = resolveAnswerInput.pick({
  project: true,
  id: true,
  recordId: true,
  label: true,
  sameText: true,
});
export type TakeBackAnswerInput = z.infer<typeof takeBackAnswerInput>;
/** Records that lost the label which you had given by resolving. */
export const takenBackAnswers = z.object({ takenBack: z.number().int() });
export type TakenBackAnswers = z.infer<typeof takenBackAnswers>;

export const recomputeConfidenceInput = z.object({ project: projectRef, id });
/** What today's formula says of answers that were kept, beside what stands at their labels, which stay as they are. */
export const recomputedConfidence = z.object({
  formula: z.string(),
  /** Labels that were computed again, and how many of them come out the same to 1e-9. */
  compared: z.number().int(),
  same: z.number().int(),
  /** Labels of a method that can't be computed again from one kept answer. */
  skipped: z.number().int(),
  maxDifference: z.number(),
  /** The first 100 that differ, in the order of the job. */
  differences: z.array(
    z.object({
      recordId: id,
      label: z.string(),
      before: z.number().nullable(),
      after: z.number().nullable(),
      /** Why there is none now. */
      reason: z.string().nullable(),
    }),
  ),
});
export type RecomputedConfidence = z.infer<typeof recomputedConfidence>;
