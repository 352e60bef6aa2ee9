import { z } from "zod";
import { id, interval, isoTime, labelRef, projectRef } from "./common";

export const estimateInput = z.object({
  project: projectRef,
  jobId: id,
  label: labelRef,
});

/**
 * How a share of all labels was told from those that were checked. `wilson`: of a simple random sample, with
 * finite-population correction; `ppi++`: of one with the job's own labels as predictions; `hajek`: weighted by 1/π;
 * `stratified`: by what the job gave and its confidence.
 */
const estimateMethod = z.enum(["wilson", "ppi++", "hajek", "stratified"]);
export type EstimateMethod = z.infer<typeof estimateMethod>;

/** How good all labels of a job are, told from those that people checked one by one. All intervals are of 95 %. */
export const labelEstimate = z.object({
  asOf: isoTime,
  /** Checked labels that the figures rest on. */
  n: z.number().int(),
  jobId: id,
  label: z.string(),
  /** The job's labels on records that are there, as far as the asker may see them. */
  population: z.number().int(),
  /**
   * `blind`: people decided before they saw what the job gave; `verified`: some saw it first, and may have agreed with
   * what they were shown. Null when nothing was checked.
   */
  basis: z.enum(["blind", "verified"]).nullable(),
  /**
   * How the checked labels came to be checked. `random`: each with the same chance; `weighted`: with known ones;
   * `chosen`: by people or by confidence, so that the figures hold if, among labels with the same value and about the
   * same confidence, nothing else decided which ones were checked. Null when nothing was checked.
   */
  selection: z.enum(["random", "weighted", "chosen"]).nullable(),
  /** Of the `n`, those where the job was right. */
  correct: z.number().int(),
  /** Labels on which the last word is "can't tell"; in none of the figures. */
  unsure: z.number().int(),
  /** Labels that have only verdicts given to several at one stroke, which are no evidence. */
  together: z.number().int(),
  accuracy: z.object({
    value: z.number().nullable(),
    interval: interval.nullable(),
    method: estimateMethod.nullable(),
    reason: z.string().nullable(),
  }),
  /** Of the accuracy, an interval that holds at every n at once (a confidence sequence): one may watch it and stop. */
  always: z.object({ interval: interval.nullable(), reason: z.string().nullable() }),
  /** How often each option is right, of all labels; of a multi-select label how often it is among the right ones. */
  shares: z.array(
    z.object({
      value: z.string(),
      share: z.number().nullable(),
      interval: interval.nullable(),
      method: estimateMethod.nullable(),
      /** How often the job gave it. */
      raw: z.number().nullable(),
    }),
  ),
  /** By what the job gave, and its confidence in five parts of about the same size. */
  strata: z.array(
    z.object({
      predicted: z.array(z.string()),
      /** The lowest and highest confidence in it; null of labels without one. */
      confFrom: z.number().nullable(),
      confTo: z.number().nullable(),
      population: z.number().int(),
      checked: z.number().int(),
      correct: z.number().int(),
    }),
  ),
  /** Why there is no estimate; null when there is one. */
  reason: z.string().nullable(),
});
export type LabelEstimate = z.infer<typeof labelEstimate>;
