import { z } from "zod";
import { askedTime, id, isoTime, labelRef, projectRef, several } from "./common";
import { annotatorKind } from "./records";

/** Narrows what is counted; every given one must hold. */
export const statisticsFilter = z.object({
  project: projectRef,
  /** Only records of this subset. */
  subsetId: id.optional(),
  /** Only what these gave: ids of people, jobs and imports. */
  annotators: several(id, 100).optional(),
  since: askedTime.optional(),
  /** Up to, and without, this moment. */
  until: askedTime.optional(),
});
export type StatisticsFilter = Omit<z.infer<typeof statisticsFilter>, "project">;

/** A day in UTC, as `2026-05-04`. */
const day = z.iso.date();

/** The most days of one answer, the newest. */
export const MOST_DAYS = 400;

export const progressInput = statisticsFilter.extend({ label: labelRef.optional() });
const progressCounts = z.object({
  /** Records with a label by anybody. */
  labelled: z.number().int(),
  /** Records with a label that a person has confirmed or corrected. */
  verified: z.number().int(),
  /** Records on which a person has decided where annotators differ. */
  reconciled: z.number().int(),
});
/** How far the work is, by what stands now. `since` and `until` choose the days; the counts are of all time. */
export const projectProgress = z.object({
  asOf: isoTime,
  /** Records. */
  n: z.number().int(),
  ...progressCounts.shape,
  labels: z.array(progressCounts.extend({ label: z.string() })),
  /** At the end of each day on which something came first to a record; days without are left out. */
  days: z.array(progressCounts.extend({ day })),
});
export type ProjectProgress = z.infer<typeof projectProgress>;

export const distributionInput = statisticsFilter.extend({
  label: labelRef,
  /** `annotator`: people and imports; `job`: jobs; `policy`: verdicts, and the newest snapshot of each policy. */
  by: z.enum(["annotator", "job", "policy"]).default("annotator"),
});
/**
 * How often each option was given, by whom. Of verdicts counts the newest of each label of a job. The times are those of
 * labels and verdicts as they stand; a snapshot is a whole, to which `annotators`, `since` and `until` don't apply.
 */
export const labelDistribution = z.object({
  asOf: isoTime,
  /** Labels, verdicts and final labels in the groups together. */
  n: z.number().int(),
  label: z.string(),
  by: distributionInput.shape.by.unwrap(),
  /** Of the active schema, then such as were given all the same. */
  options: z.array(z.string()),
  /** The largest first, 100 at most. */
  groups: z.array(
    z.object({
      kind: annotatorKind.or(z.enum(["verified", "snapshot"])),
      /** Of the person, job, import or snapshot; null of verdicts. */
      id: id.nullable(),
      /** A snapshot's is its policy. */
      name: z.string(),
      /** Labels with a value; of a label of spans, spans. */
      n: z.number().int(),
      /** In the order of `options`; of a multi-select label they may sum up to more than `n`. */
      counts: z.array(z.number().int()),
    }),
  ),
});
export type LabelDistribution = z.infer<typeof labelDistribution>;

export const contributionsInput = statisticsFilter.extend({ label: labelRef.optional() });
const contribution = z.object({
  /** Labels of their own that stand. */
  labels: z.number().int(),
  /** Verdicts that stand, of any kind. */
  verdicts: z.number().int(),
  /** Decisions that stand where annotators differ. */
  reconciled: z.number().int(),
});
/** What people did and what of it stands, as far as the asker may see it. */
export const contributions = z.object({
  asOf: isoTime,
  /** Labels, verdicts and decisions together. */
  n: z.number().int(),
  /** Whoever did most first, 200 at most. */
  people: z.array(
    contribution.extend({
      id,
      name: z.string(),
      /** Their verdicts by kind. */
      confirmed: z.number().int(),
      corrected: z.number().int(),
      unsure: z.number().int(),
      /** Of the verdicts, those given to several labels at one stroke. */
      together: z.number().int(),
      /** Of measured work on one verdict; null where none was measured, or it is not for the reader's eyes. */
      medianSeconds: z.number().nullable(),
      medianReason: z.string().nullable(),
      lastActiveAt: isoTime,
    }),
  ),
  /** Days on which one of these people did something that stands. */
  days: z.array(contribution.extend({ day, id })),
});
export type Contributions = z.infer<typeof contributions>;
