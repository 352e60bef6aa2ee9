import { z } from "zod";
import { id, interval, isoTime, labelRef, projectRef } from "./common";

const calibrationBins = z.enum(["equal-mass", "equal-width"], "must be equal-mass or equal-width");
export type CalibrationBins = z.infer<typeof calibrationBins>;

export const calibrationInput = z.object({
  project: projectRef,
  /** The job whose confidence is judged. */
  jobId: id,
  label: labelRef,
  /**
   * What counts as right. `blind`: each label's first verdict by somebody who had not seen it. `verified`: verdicts that
   * stand, given one by one, mostly by people who had seen the label. `metadata:<name>`: gold of the records. Left out:
   * `blind` where there are 30 such labels with a confidence, else `verified`.
   */
  truth: z
    .string()
    .max(264)
    .regex(/^(blind|verified|metadata:.+)$/su, "must be blind, verified or metadata:<name>")
    .optional(),
  /** Ten bins with as many rows each, or as wide each. */
  bins: calibrationBins.default("equal-mass"),
  /** Narrows the records. */
  subsetId: id.optional(),
});

const bin = z.object({
  /** The confidences that it holds: the lowest and highest of equal mass, the range of equal width. */
  from: z.number(),
  to: z.number(),
  n: z.number().int(),
  weight: z.number(),
  meanConf: z.number(),
  accuracy: z.number(),
  /** Wilson's 95 % interval of the accuracy; of weighted rows over their effective number. */
  interval,
});
export type CalibrationBin = z.infer<typeof bin>;

const beforeAfter = z.object({
  eceBefore: z.number(),
  eceAfter: z.number(),
  logLossBefore: z.number(),
  logLossAfter: z.number(),
});
const temperature = beforeAfter.extend({ T: z.number() });
/** What is there to learn from: `n` rows of `needs`. */
const attempt = {
  n: z.number().int(),
  needs: z.number().int(),
  /** Why there is no fit; null when there is one. */
  reason: z.enum(["too_few", "no_probabilities", "all_right", "all_wrong", "no_optimum"]).nullable(),
};
const temperatureAttempt = z.object({ ...attempt, fit: temperature.nullable() });
const isotonicAttempt = z.object({ ...attempt, fit: beforeAfter.nullable() });
export type RecalibrationAttempt = z.infer<typeof temperatureAttempt> | z.infer<typeof isotonicAttempt>;

export const calibrationOutput = z.object({
  asOf: isoTime,
  jobId: id,
  label: z.string(),
  /** As in the input; what was chosen when it was left out there. */
  truth: z.string(),
  /** Whoever told what is right had seen the label, unless they decided blind: they may have followed it. */
  sawLabel: z.boolean(),
  /** Labels with a confidence and a blind first verdict; null when `truth` was asked for. */
  blindN: z.number().int().nullable(),
  /** Labels with a confidence whose truth is known: what everything rests on. */
  n: z.number().int(),
  needs: z.number().int(),
  /** Why all figures are null; null when there are some. */
  reason: z.enum(["no_conf", "too_few"]).nullable(),
  /** Labels whose truth is known and that have no confidence, left out. */
  withoutConf: z.number().int(),
  /** Drawn at random from so many, by the records' ids; null when all were read. */
  sampledOf: z.number().int().nullable(),
  /** Rows weigh by 1/π of their session; so many rows of one weight would say as much. Null without rows. */
  effectiveN: z.number().nullable(),
  meanConf: z.number().nullable(),
  accuracy: z.number().nullable(),
  interval: interval.nullable(),
  bins: z.array(bin),
  /** Expected calibration error, 0–1, and what it would be by chance if every confidence were right. */
  ece: z.number().nullable(),
  eceByChance: z.number().nullable(),
  /** score = reliability − resolution + uncertainty + withinBins. */
  brier: z
    .object({
      score: z.number(),
      reliability: z.number(),
      resolution: z.number(),
      uncertainty: z.number(),
      withinBins: z.number(),
    })
    .nullable(),
  /** In nats; confidences of 0 and 1 count as 1e-6 from it. */
  logLoss: z.number().nullable(),
  /** The chance that a right label has a higher confidence than a wrong one; null with figures: all right or all wrong. */
  auroc: z.number().nullable(),
  /** Before and after, each row judged by what four fifths of the others teach. Nothing is changed by it. */
  recalibration: z.object({ temperature: temperatureAttempt, isotonic: isotonicAttempt }).nullable(),
});
export type Calibration = z.infer<typeof calibrationOutput>;
