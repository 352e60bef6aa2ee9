import { z } from "zod";
import { id, isoTime, listOf, page, projectRef } from "./common";

export const aggregationPolicy = z.enum(["verified-first", "majority", "weighted", "dawid-skene", "mace"]);
export type AggregationPolicy = z.infer<typeof aggregationPolicy>;

/**
 * Of several jobs of one agent that labelled a record, every one has a vote, or the newest alone: that of the newest
 * version, and of that the one started last. Versions of one agent err alike.
 */
const votingVersions = z.enum(["every", "newest"]);
export type VotingVersions = z.infer<typeof votingVersions>;

/** The most that a vote may count. */
export const MAX_WEIGHT = 1_000_000;

export const createAggregationInput = z.strictObject({
  project: projectRef,
  label: z.string().min(1).max(100),
  policy: aggregationPolicy,
  /** Whose labels are counted; default: everybody's. */
  annotators: z.array(id).min(1).max(1000).optional(),
  /** Default: every. */
  versions: votingVersions.optional(),
  /**
   * For `weighted` alone, and needed there: annotator -> what a vote of theirs counts. Whoever is not in it is not
   * counted; with `annotators`, these are the same.
   */
  weights: z.record(id, z.number().positive().max(MAX_WEIGHT)).optional(),
  /** For `dawid-skene` alone: votes added to each cell of what is estimated, 0 to 1. Default: 0, maximum likelihood. */
  smoothing: z.number().min(0).max(1).optional(),
});
const aggregationCounts = z.object({
  /** Records with at least one label or verdict that counts. */
  records: z.number().int(),
  decided: z.number().int(),
  ties: z.number().int(),
  /** Decided by a person's verdict. */
  verified: z.number().int(),
  /** Decided by a person where annotators differ; 0 in snapshots from before there were such decisions. */
  reconciled: z.number().int(),
  /** Decided by a job's label that was accepted unread, with a promise; 0 in snapshots from before that could be. */
  accepted: z.number().int(),
  /** Records on which those who were asked (people, or else the votes) gave more than one value. */
  differing: z.number().int(),
  /** option value -> records */
  distribution: z.record(z.string(), z.number().int()),
});
export type AggregationCounts = z.infer<typeof aggregationCounts>;

/** Records whose value rests on votes, with no person's word and no promise behind it. */
export const byVotes = ({ decided, verified, reconciled, accepted }: AggregationCounts): number =>
  decided - verified - reconciled - accepted;

/** What the policies `weighted`, `dawid-skene` and `mace` made of the annotators. */
const aggregationModel = z.object({
  annotators: z.array(
    z.object({
      id,
      name: z.string(),
      /** Records they labelled, of those that were counted. */
      votes: z.number().int(),
      /** What a vote of theirs was given; null unless weights were. */
      weight: z.number().nullable(),
      /** Share of their labels that are right by the policy's own estimate of the truth; null of `weighted`. */
      accuracy: z.number().nullable(),
      /** Chance that a label is no guess; null but for `mace`. */
      trust: z.number().nullable(),
      /**
       * By estimated true value what they give, in shares of all they give there: true -> given -> share, from 0.0001.
       * Null of `weighted`, and where the tables of all annotators have more than 20,000 cells.
       */
      confusion: z.record(z.string(), z.record(z.string(), z.number())).nullable(),
    }),
  ),
  /** Natural logarithm of the likelihood of all votes; null of `weighted`. */
  logLikelihood: z.number().nullable(),
  /** Steps to the estimate; null of `weighted`. */
  iterations: z.number().int().nullable(),
  /** False when the estimate was still moving at the last step. */
  converged: z.boolean(),
  /** Jobs whose models are of one family, by name: together they counted as one annotator on each record. */
  families: z.array(z.object({ family: z.string(), annotators: z.array(id) })),
});
export type AggregationModel = z.infer<typeof aggregationModel>;

export const aggregation = z.object({
  id,
  label: z.string(),
  policy: aggregationPolicy,
  annotators: z.array(id).nullable(),
  versions: votingVersions,
  /** Null unless the policy is `weighted`. */
  weights: z.record(id, z.number()).nullable(),
  /** Null unless the policy is `dawid-skene`. */
  smoothing: z.number().nullable(),
  schemaVersion: z.number().int(),
  /** `running` while it is made in the background, because of many labels; only a `ready` one has rows. */
  status: z.enum(["running", "ready", "failed"]),
  /** Share that is done, 0 to 1; null unless it is running. */
  progress: z.number().nullable(),
  /** Why it failed; `cancelled` when somebody stopped it. */
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  /** Zeros unless it is ready. */
  counts: aggregationCounts,
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export type AggregationSnapshot = z.infer<typeof aggregation>;

/** With what was estimated; null under the other policies, and until the snapshot is ready. */
export const aggregationMade = aggregation.extend({ model: aggregationModel.nullable() });
export type AggregationMade = z.infer<typeof aggregationMade>;

export const aggregationRef = z.object({ project: projectRef, id });
export const watchAggregationsInput = z.object({ project: projectRef });

/** What a snapshot would hold if it were made now, and what it would change. */
export const aggregationPreview = z.object({
  /** Null: everything was counted. Else what stands here was carried over from records chosen at random. */
  estimate: z
    .object({
      /** Records that were looked at … */
      sampled: z.number().int(),
      /** … of so many. */
      of: z.number().int(),
      /** Half the width of a 95 % interval of any share of the records that have a label: at most this, 0 to 1. */
      margin: z.number(),
    })
    .nullable(),
  counts: aggregationCounts,
  /** Against the newest snapshot of the label; null when there is none. */
  changes: z
    .object({
      snapshot: id,
      added: z.number().int(),
      changed: z.number().int(),
      removed: z.number().int(),
    })
    .nullable(),
});
export type AggregationPreview = z.infer<typeof aggregationPreview>;

export const listAggregationsInput = page.extend({
  project: projectRef,
  label: z.string().max(100).optional(),
});
export const aggregationList = listOf(aggregation);

/** Where a final label comes from. */
const finalProvenance = z.object({
  source: z.enum(["reconciliation", "verdict", "accepted", "majority", "weighted", "model"]),
  /** The decision that made it final. */
  reconciliationId: id.nullish(),
  /** Under which the job's label was accepted. */
  acceptanceId: id.nullish(),
  verdictId: id.nullable(),
  /** Who gave the verdict, or made the decision. */
  verifier: z.object({ id, name: z.string() }).nullable(),
  verdict: z.enum(["CONFIRMS", "CORRECTS"]).nullable(),
  /** Whose label the verdict is about, or who gave the value (or one of the tied ones). */
  annotators: z.array(id),
  /** Those of them that are jobs. */
  jobs: z.array(z.object({ jobId: id, agentId: id, agentVersion: z.number().int() })),
  /** How many labels were counted; 0 for a verdict or a decision. */
  votes: z.number().int(),
});
export type FinalProvenance = z.infer<typeof finalProvenance>;

/** A final span of a record. */
const finalSpan = z.object({
  /** Code points, end exclusive. */
  start: z.number().int(),
  end: z.number().int(),
  value: z.array(z.string()),
  /** `own`: a person marked it, because no job had. */
  source: z.enum(["reconciliation", "verdict", "own", "majority"]),
  /** Whose word it is; null of a majority. */
  verifier: z.object({ id, name: z.string() }).nullable(),
  /** Whose label the verdict is about, or who gave it. */
  annotators: z.array(id),
  /** How many gave it; 0 where a person's word counts. */
  votes: z.number().int(),
});

const finalLabel = z.object({
  recordId: id,
  externalId: z.string(),
  content: z.string(),
  /** The record was deleted since; of an erased one the content is empty. */
  deleted: z.boolean(),
  /** Of a label of spans: the options that its spans have; null without any. */
  value: z.array(z.string()).nullable(),
  /** Of a label of spans: all that are final in this record, by their place. */
  spans: z.array(finalSpan).optional(),
  /** Keys of the values that share the first place. */
  tie: z.array(z.string()).optional(),
  confidence: z.number().nullable(),
  entropy: z.number().nullable(),
  provenance: finalProvenance,
});
export type FinalLabel = z.infer<typeof finalLabel>;
export const finalLabelFilter = z.enum(["all", "ties", "verified", "reconciled", "accepted", "differing"]);
export type FinalLabelFilter = z.infer<typeof finalLabelFilter>;
export const getAggregationInput = page.extend({
  project: projectRef,
  id,
  show: finalLabelFilter.default("all"),
});
/** The snapshot and one page of its rows, in the order of the records. */
export const aggregationPage = aggregationMade.extend(listOf(finalLabel).shape);
export type AggregationPage = z.infer<typeof aggregationPage>;
