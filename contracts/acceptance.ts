import { z } from "zod";
import { id, interval, isoTime, labelRef, projectRef } from "./common";

/** The share of errors that is allowed among accepted labels, and the risk that the promise fails: 5 % is "at 95 % confidence". */
const acceptDefaults = { epsilon: 0.02, alpha: 0.05 } as const;

export const acceptPlanInput = z.object({
  project: projectRef,
  jobId: id,
  label: labelRef,
  epsilon: z.coerce.number().min(0.001).max(0.5).default(acceptDefaults.epsilon),
  alpha: z.coerce.number().min(0.001).max(0.5).default(acceptDefaults.alpha),
});
export const applyAcceptanceInput = z.strictObject({
  project: projectRef,
  jobId: id,
  label: labelRef,
  epsilon: z.number().min(0.001).max(0.5).default(acceptDefaults.epsilon),
  alpha: z.number().min(0.001).max(0.5).default(acceptDefaults.alpha),
});
export const acceptanceRef = z.object({ project: projectRef, id });

const person = z.object({ id, name: z.string() });

/** Labels of a job that were accepted without a person's look at each, on the evidence of that time. */
export const acceptance = z.object({
  id,
  jobId: id,
  label: z.string(),
  /** Accepted are labels that are at least so sure, as they were at `createdAt`. */
  threshold: z.number(),
  epsilon: z.number(),
  alpha: z.number(),
  accepted: z.number().int(),
  /** Of the accepted labels those that were verified blind, how many of them were wrong, and the bound that follows. */
  checked: z.number().int(),
  errors: z.number().int(),
  bound: z.number(),
  createdBy: person,
  createdAt: isoTime,
  /** It counts until then; what it was stays to be read. */
  undoneAt: isoTime.nullable(),
  undoneBy: person.nullable(),
});
export type Acceptance = z.infer<typeof acceptance>;

/** One threshold that was chosen before any error was counted: all labels that are at least so sure. */
const acceptStep = z.object({
  threshold: z.number(),
  /** Share of the job's labels, 0 to 1. */
  coverage: z.number(),
  accepted: z.number().int(),
  checked: z.number().int(),
  errors: z.number().int(),
  /** Share of the checked that are wrong; null without any. */
  risk: z.number().nullable(),
  /** Wilson's, 95 %. */
  interval: interval.nullable(),
  /** One-sided upper bound of the error at `1 - alpha`, for this threshold alone; 1 when nothing was checked. */
  bound: z.number(),
});
export type AcceptStep = z.infer<typeof acceptStep>;

/** Why nothing can be promised. */
const acceptReason = z.enum([
  /** The job has no such label. */
  "no_labels",
  /** None of them has a confidence by which they could be told apart. */
  "no_confidence",
  /** An open session hides some of them from whoever asks. */
  "hidden",
  /** Nothing was verified blind that counts. */
  "no_blind_rows",
  "too_few_rows",
  "too_many_errors",
]);
export type AcceptReason = z.infer<typeof acceptReason>;

/** Why the blind verdicts of a session don't count. */
const leftOutReason = z.enum([
  /** Open, with blind labels that nobody has decided on: one could stop at a lucky moment. */
  "unfinished",
  /** Open, and some of its blind labels are hidden from whoever asks. */
  "hidden",
  /** About a part of the job's labels: the others had another chance of being checked, or none. */
  "unequal_chances",
]);

export const acceptPlan = z.object({
  asOf: isoTime,
  /** Labels that were verified blind and count. */
  n: z.number().int(),
  jobId: id,
  label: z.string(),
  epsilon: z.number(),
  alpha: z.number(),
  /** The job's labels on records that are there, as far as whoever asks may see them. */
  total: z.number().int(),
  /** More of them, hidden from whoever asks. */
  hidden: z.number().int(),
  /** The lowest at which the promise holds; null with a reason. */
  threshold: z.number().nullable(),
  reason: acceptReason.nullable(),
  accepted: z.number().int().nullable(),
  /** Labels that would not be accepted, and on whose record no person's verdict decides. */
  toVerify: z.number().int(),
  /** How long people will take for these, at the pace measured with this job; null with a reason. */
  hours: z.number().nullable(),
  hoursReason: z.enum(["not_measured", "not_yours"]).nullable(),
  /** Labels on which a person's work was measured. */
  timed: z.number().int(),
  /** At the threshold; without one, at the first that was tested. Null when none could be. */
  checked: z.number().int().nullable(),
  errors: z.number().int().nullable(),
  bound: z.number().nullable(),
  /** How many more labels, drawn at random and verified blind without an error, would do; 0 when it holds, null when the job has too few. */
  needed: z.number().int().nullable(),
  /** Blind labels of the sessions that count which are not counted: by why. */
  excluded: z.object({
    unsure: z.number().int(),
    /** Given to several at one stroke. */
    together: z.number().int(),
    /** Not decided when the session was closed. */
    undecided: z.number().int(),
  }),
  /** Sessions with blind labels of the job that don't count, newest first. */
  leftOut: z.array(
    z.object({
      sessionId: id,
      name: z.string(),
      reason: leftOutReason,
      /** Blind labels, and those of them that nobody has decided on. */
      blind: z.number().int(),
      left: z.number().int(),
    }),
  ),
  /** From the most confident down; those before `testedFrom` are too few to be tested. */
  curve: z.array(acceptStep),
  testedFrom: z.number().nullable(),
  applied: acceptance.nullable(),
  /** Undone ones, newest first, at most 20. */
  earlier: z.array(acceptance),
});
export type AcceptPlan = z.infer<typeof acceptPlan>;
