import { z } from "zod";
import { id, isoTime, projectRef } from "./common";
import { session, verdictsApart } from "./sessions";

/** A share of `n` with its 95 % Wilson interval. */
const share = z.object({
  n: z.number().int(),
  count: z.number().int(),
  point: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Share = z.infer<typeof share>;

/** What one person did in a session. Counts of verdicts are of their last one on each label. */
const personReport = z.object({
  id,
  name: z.string(),
  /** Labels on which a verdict of theirs is the last that they gave. */
  verdicts: z.number().int(),
  confirmed: z.number().int(),
  corrected: z.number().int(),
  unsure: z.number().int(),
  /** Decisions that somebody else's had come before. */
  overtaken: z.number().int(),
  /** Milliseconds of measured work: not of bulk actions, nor of programs that don't tell. */
  activeMs: z.number().int(),
  /** Labels on which work was measured. */
  timed: z.number().int(),
  /** Of the labels on which work was measured. */
  medianSeconds: z.number().nullable(),
  /** Labels per hour of measured work. */
  perHour: z.number().nullable(),
});
export type PersonReport = z.infer<typeof personReport>;

/** Labels on which several people have said which options hold, the agent's label hidden from all of them or not. */
const agreement = z.object({
  /** Of the labels, on which all of them said the same. */
  all: share,
  /** The pairs of people with the most labels in common. */
  pairs: z.array(
    z.object({
      a: z.object({ id, name: z.string() }),
      b: z.object({ id, name: z.string() }),
      share,
      kappa: z.number().nullable(),
      kappaReason: z.string().nullable(),
    }),
  ),
});
export type AgreementReport = z.infer<typeof agreement>;

/** What a session has come to. `people` and `agreement.pairs` hold only the reader where others' pace isn't theirs to see. */
export const sessionReport = z.object({
  asOf: isoTime,
  session: session.pick({
    id: true,
    name: true,
    label: true,
    mode: true,
    order: true,
    schemaVersion: true,
    sample: true,
  }),
  jobs: z.array(z.object({ id, name: z.string() })),
  startedAt: isoTime,
  firstVerdictAt: isoTime.nullable(),
  lastVerdictAt: isoTime.nullable(),
  closedAt: isoTime.nullable(),
  /** Labels, of which verified; and verdicts that stand, of which an independent session may have several on a label. */
  counts: z.object({
    total: z.number().int(),
    verified: z.number().int(),
    confirmed: z.number().int(),
    corrected: z.number().int(),
    unsure: z.number().int(),
    left: z.number().int(),
  }),
  /**
   * How often a person's first verdict confirmed the agent, where they saw its label and where it was hidden. Of labels
   * that were looked at one by one, and without verdicts that contradict each other.
   */
  confirmed: z.object({ seen: share.nullable(), blind: share.nullable() }),
  /** Verdicts that are left out of `confirmed`. Reports that were kept before they were told apart have none. */
  apart: verdictsApart.default({ together: 0, contradicting: 0 }),
  /** What verdicts that stand made of the agent's labels, most frequent first; at most 400 pairs. */
  corrections: z.array(
    z.object({
      from: z.array(z.string()),
      to: z.array(z.string()),
      count: z.number().int(),
      /** Of so many labels with the value `from` that were confirmed or corrected. */
      of: z.number().int(),
    }),
  ),
  overtaken: z.number().int(),
  people: z.array(personReport),
  agreement: z.object({ seen: agreement.nullable(), blind: agreement.nullable() }),
});
export type SessionReport = z.infer<typeof sessionReport>;

export const sessionReportInput = z.object({
  project: projectRef,
  id,
  /** What stood at this closing, counted from 1; left out: now, or of a closed session the last closing. */
  closing: z.coerce.number().int().min(1).max(100_000).optional(),
});
export const sessionReportAnswer = z.object({
  report: sessionReport,
  /** Each time that the session was closed, the last one first. */
  closings: z.array(
    z.object({ number: z.number().int(), closedAt: isoTime, by: z.object({ id, name: z.string() }) }),
  ),
});
export type SessionReportAnswer = z.infer<typeof sessionReportAnswer>;
