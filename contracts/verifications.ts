import { z } from "zod";
import { askedTime, id, isoTime, listOf, page, projectRef } from "./common";

export const verdictStatus = z.enum(["CONFIRMS", "CORRECTS", "UNSURE"]);
export type VerdictStatus = z.infer<typeof verdictStatus>;

/** A person's verdict on one label of a job. `status` is null in the history row of a cleared verdict. */
export const verification = z.object({
  id,
  recordId: id,
  jobId: id,
  annotationId: id,
  label: z.string(),
  value: z.array(z.string()),
  status: verdictStatus.nullable(),
  verifier: z.object({ id, name: z.string() }),
  current: z.boolean(),
  sessionId: id.nullable(),
  blind: z.boolean(),
  createdAt: isoTime,
});
export type Verification = z.infer<typeof verification>;

const verdictItem = z.object({
  recordId: id.optional(),
  label: z.string().max(100).optional(),
  /** May stand instead of recordId + label. */
  annotationId: id.optional(),
  value: z.array(z.string().max(200)).max(200),
  status: verdictStatus.optional(),
});
export const writeVerificationsInput = z.object({
  project: projectRef,
  jobId: id.optional(),
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
