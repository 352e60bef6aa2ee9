import { z } from "zod";
import { askedTime, id, isoTime, isStorable, listOf, page, projectRef } from "./common";

export const verdictStatus = z.enum(["CONFIRMS", "CORRECTS", "UNSURE"]);
export type VerdictStatus = z.infer<typeof verdictStatus>;

/** Milliseconds of work on one decision: not wall time. Kept for each verdict; a day at most. */
export const activeMs = z.number().int().min(0).max(86_400_000);
/** Why somebody can't tell. */
export const unsureReason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine(isStorable, "must be valid Unicode without U+0000");

/** A person's verdict on one label of a job. `status` is null in the history row of a cleared verdict. */
export const verification = z.object({
  id,
  recordId: id,
  jobId: id,
  annotationId: id,
  label: z.string(),
  value: z.array(z.string()),
  /** Of a span: the borders that a correction gave it, in code points, end exclusive; null: the job's own. */
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
  status: verdictStatus.nullable(),
  verifier: z.object({ id, name: z.string() }),
  current: z.boolean(),
  sessionId: id.nullable(),
  blind: z.boolean(),
  /** Of "can't tell". */
  reason: z.string().nullable(),
  /** Active time; null when it was not measured, or is not for the reader's eyes. */
  ms: z.number().int().nullable(),
  /** Given to several labels at one stroke: no figure of agreement or accuracy rests on it. */
  together: z.boolean(),
  createdAt: isoTime,
});
export type Verification = z.infer<typeof verification>;

const verdictItem = z.object({
  recordId: id.optional(),
  label: z.string().max(100).optional(),
  /** May stand instead of recordId + label. */
  annotationId: id.optional(),
  /** Of a span: empty says that it is none. */
  value: z.array(z.string().max(200)).max(200),
  /** Of a span: other borders than the job's, in code points, end exclusive. Both or neither. */
  start: z.number().int().min(0).optional(),
  end: z.number().int().min(1).optional(),
  status: verdictStatus.optional(),
  /** Only with status UNSURE. */
  reason: unsureReason.optional(),
  ms: activeMs.optional(),
  /** Given to several labels at one stroke, this one not looked at by itself. */
  together: z.boolean().optional(),
});
export const writeVerificationsInput = z.object({
  project: projectRef,
  jobId: id.optional(),
  /** Into this session alone. Without it a verdict goes into every open session that holds its label. */
  sessionId: id.optional(),
  items: z.array(verdictItem).min(1).max(1000),
});
export const writeVerificationsOutput = z.object({
  items: z.array(
    z.union([
      z.object({ recordId: id, label: z.string(), status: verdictStatus, id }),
      z.object({
        recordId: id.nullable(),
        label: z.string().nullable(),
        error: z.object({ code: z.string(), message: z.string() }),
      }),
    ]),
  ),
});

export const listVerificationsInput = page.extend({
  project: projectRef,
  jobId: id.optional(),
  label: z.string().optional(),
  status: verdictStatus.optional(),
  verifierId: id.optional(),
  sessionId: id.optional(),
  recordId: id.optional(),
  since: askedTime.optional(),
  history: z.stringbool().or(z.boolean()).optional(),
});
export const verificationList = listOf(verification);
