import { z } from "zod";
import { id, interval, isoTime, labelRef, projectRef, several } from "./common";
import { annotatorKind } from "./records";

/**
 * How the labels came about. The two are never in one figure: who has seen an answer agrees with it more often.
 * - `unseen`: given without seeing what a job or anybody else gave. The labels of jobs and imports; what people labelled
 *   themselves before they judged a job's label of the same record; a person's first verdict on a record, where the
 *   session hid the job's label until then.
 * - `shown`: verdicts that people gave on a job's label that they saw. Of each person and record the last one. Jobs have
 *   none.
 *
 * In neither: "can't tell", verdicts on many labels at one stroke, labels taken over from the invalid answers of a job,
 * reconciliations.
 */
const agreementBasis = z.enum(["unseen", "shown"]);
export type AgreementBasis = z.infer<typeof agreementBasis>;

/**
 * How far two values differ in Krippendorff's alpha. `nominal`: fully; `ordinal`: by the order of the label's options;
 * `interval` and `ratio`: by the numbers that the options are.
 */
const agreementMetric = z.enum(["nominal", "ordinal", "interval", "ratio"]);
export type AgreementMetric = z.infer<typeof agreementMetric>;

/** How much a disagreement counts in the kappa of a pair: fully, or by its distance in the order of the options. */
const agreementWeights = z.enum(["none", "linear", "quadratic"]);
export type AgreementWeights = z.infer<typeof agreementWeights>;

/** The most annotators of one answer. */
export const MOST_ANNOTATORS = 20;

export const agreementInput = z.object({
  project: projectRef,
  label: labelRef,
  /** Ids of jobs, people and imports. Default: those with the most labels. */
  annotators: several(id, MOST_ANNOTATORS).optional(),
  /** Narrows the records. */
  subsetId: id.optional(),
  basis: agreementBasis.default("unseen"),
  metric: agreementMetric.default("nominal"),
  weights: agreementWeights.default("none"),
});

/**
 * Why a figure has no value: `no_overlap` (no record was labelled by two), `single_category` (one value throughout, so
 * that chance alone would agree fully), `unequal_raters` (the records have different numbers of labels).
 * Or why a value has no interval: `too_few_records` (under ten), `no_spread` (no resample differs, as when nobody ever
 * disagreed), `often_undefined` (too many resamples have no value), `too_many_combinations`.
 */
const agreementReason = z.enum([
  "no_overlap",
  "single_category",
  "unequal_raters",
  "too_few_records",
  "no_spread",
  "often_undefined",
  "too_many_combinations",
]);
export type AgreementReason = z.infer<typeof agreementReason>;

/** A coefficient: 1 full agreement, 0 what chance would give. */
const coefficient = z.object({
  /** Records that it rests on: with two labels or more that it can measure. */
  n: z.number().int(),
  value: z.number().nullable(),
  /** 95 %, percentile bootstrap over records. */
  interval: interval.nullable(),
  /** Of the value where it is null, else of the interval. */
  reason: agreementReason.nullable(),
});
export type Coefficient = z.infer<typeof coefficient>;

const optionAgreement = z.object({
  value: z.string(),
  /** Labels with this option, on records that at least two labelled. */
  given: z.number().int(),
  /** Krippendorff's alpha of giving it or not. */
  alpha: coefficient,
});
export type OptionAgreement = z.infer<typeof optionAgreement>;

const pairAgreement = z.object({
  a: id,
  b: id,
  /** Records that both labelled, and those with the same value. */
  n: z.number().int(),
  agree: z.number().int(),
  /** Cohen's, over these records; weighted as asked for. */
  kappa: z.number().nullable(),
  interval: interval.nullable(),
  reason: agreementReason.nullable(),
});

export const agreementOutput = z.object({
  asOf: isoTime,
  label: z.string(),
  basis: agreementBasis,
  metric: agreementMetric,
  weights: agreementWeights,
  /** Records that at least two of them labelled. */
  n: z.number().int(),
  /**
   * Labels whose value is no option of the active schema: values of their own where order does not count; otherwise
   * they are left out.
   */
  outside: z.number().int(),
  /** Krippendorff's, by `metric`. */
  alpha: coefficient,
  /** Fleiss' kappa. */
  fleiss: coefficient,
  /** Gwet's AC1. */
  ac1: coefficient,
  perOption: z.array(optionAgreement),
  /** In the order asked for, or the most labels first; `n` records with a label on this basis. */
  annotators: z.array(z.object({ id, name: z.string(), kind: annotatorKind, n: z.number().int() })),
  /** Others who labelled on this basis, when none were asked for by name and there are more than fit. */
  annotatorsLeftOut: z.number().int(),
  pairs: z.array(pairAgreement),
});
export type Agreement = z.infer<typeof agreementOutput>;
