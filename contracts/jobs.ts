import { z } from "zod";
import { providerKey } from "./agents";
import { fieldProblem, id, isoTime, listOf, page, projectRef } from "./common";
import { queryJson } from "./query";
import { recordSource } from "./record-source";

export const jobStatus = z.enum(["queued", "running", "paused", "succeeded", "failed", "cancelled"]);
export const pausedReason = z.enum([
  "person",
  "auth",
  "provider_outage",
  "spend_cap",
  "model_refused",
  "out_of_credit",
  "error_policy",
  "batch_refused",
]);
export type PausedReason = z.infer<typeof pausedReason>;
const labelMetadataName = z.enum(["conf", "length"]);

/** For one job alone; sealed until it ends, then erased. */
const apiKey = providerKey.optional();
const spendCapUsd = z.number().positive().max(1_000_000);

/** Errors of single calls; those of the key, the model or the account always pause the job. */
export const policyKind = z.enum(["rate_limited", "provider_error", "timeout", "connection", "bad_request"]);
export type PolicyKind = z.infer<typeof policyKind>;
/** `retry` up to maxRetries, `skip` the record at once, `stop`: pause the job. */
export const errorAction = z.enum(["retry", "skip", "stop"]);
export type ErrorAction = z.infer<typeof errorAction>;
export const errorPolicy = z.partialRecord(policyKind, errorAction);
export type ErrorPolicy = z.infer<typeof errorPolicy>;
const completeErrorPolicy = z.record(policyKind, errorAction);
export type CompleteErrorPolicy = z.infer<typeof completeErrorPolicy>;

/** What becomes of a record after each kind of error where the job does not say. */
export const usualErrorPolicy: CompleteErrorPolicy = {
  rate_limited: "retry",
  provider_error: "retry",
  timeout: "retry",
  connection: "retry",
  bad_request: "skip",
};

/** Calls one by one; or many at once by the provider's batch API: within a day, and for less. */
const jobMode = z.enum(["live", "batch"]);
export type JobMode = z.infer<typeof jobMode>;

/** What a job would do: agent, records, labels. */
const jobPlan = {
  project: projectRef,
  /** The agent's newest version, frozen at start. */
  agentId: id.optional(),
  agentVersionId: id.optional(),
  /** At most one of the three; none is every record. */
  subsetId: id.optional(),
  query: queryJson.optional(),
  recordIds: z.array(id).min(1).max(10_000).optional(),
  labels: z.array(z.string().min(1).max(100)).min(1).max(20),
  labelMetadata: z.array(labelMetadataName).default([]),
  spendCapUsd: spendCapUsd.optional(),
  /** `batch` where the provider takes batches and probing has found so. */
  mode: jobMode.default("live"),
};

/** How its calls are made. */
const jobCalls = {
  apiKey,
  concurrency: z.number().int().min(1).max(64).default(8),
  maxRetries: z.number().int().min(0).max(20).default(5),
  timeoutMs: z.number().int().min(100).max(600_000).default(60_000),
  /** Asks anew even what the project's cache could answer. */
  fresh: z.boolean().default(false),
  /** Where not given: `bad_request` is skipped, everything else retried. */
  errorPolicy: errorPolicy.optional(),
};

/** A key that is unknown is refused: a `query` that is spelt wrong would mean every record, and cost as much. */
export const startJobInput = z.strictObject({ ...jobPlan, ...jobCalls });

export type StartJobInput = z.infer<typeof startJobInput>;

/** Takes whatever starts a job; how the calls are made changes nothing of it. */
export const estimateJobInput = z.strictObject({ ...jobPlan, ...z.object(jobCalls).partial().shape });
export type EstimateJobInput = z.infer<typeof estimateJobInput>;
const batchOffer = z.object({
  /** Why the job can't be asked in batches; null: it can. */
  problem: z.string().nullable(),
  /** Which part of the usual price a batch costs there, and as of which day; null: no discount is known. */
  priceFactor: z.number().nullable(),
  priceAsOf: z.string().nullable(),
});
export const jobEstimate = z.object({
  agentVersionId: id,
  schemaVersion: z.number().int(),
  records: z.number().int(),
  /** Prompts that were built to estimate from; all of them when there are few. */
  sampled: z.number().int(),
  /** Of the sampled ones, how many can't be asked. */
  promptInvalid: z.number().int(),
  promptTokens: z.object({
    total: z.number().int(),
    mean: z.number(),
    longest: z.number().int(),
    /** Counted with the model's own vocabulary, and none is extrapolated. */
    exact: z.boolean(),
  }),
  /** Tokens that each answer may have at most; null: the agent sets no bound. */
  maxAnswerTokens: z.number().int().nullable(),
  mode: jobMode,
  /** The most it can cost in this mode when every answer is as long as it may be; null: unknown price. */
  costBoundUsd: z.number().nullable(),
  batch: batchOffer,
  /** What the model was found not to take, by the agent's field: it will be left out. */
  warnings: z.array(fieldProblem),
});
export type JobEstimate = z.infer<typeof jobEstimate>;

export const jobRef = z.object({ project: projectRef, id });
/** Another key after one was refused, a higher cap after it was reached. */
export const resumeJobInput = jobRef.extend({
  apiKey,
  spendCapUsd: spendCapUsd.optional(),
});
export const retryFailedInput = jobRef.extend({ apiKey });

const jobCounts = z.object({
  total: z.number().int(),
  prompted: z.number().int(),
  promptInvalid: z.number().int(),
  /** Of `promptInvalid`: records that are examples of the prompt, or repeat one. They are never scored. */
  examples: z.number().int().default(0),
  called: z.number().int(),
  callFailed: z.number().int(),
  parsed: z.number().int(),
  invalid: z.number().int(),
  cached: z.number().int(),
  /** Calls in flight when a process was killed: asked again. */
  uncertain: z.number().int(),
});
const histogramBin = z.object({ from: z.number(), to: z.number(), count: z.number().int() });

export const job = z.object({
  id,
  status: jobStatus,
  pausedReason: pausedReason.nullable(),
  mode: jobMode,
  /** What waits at the provider; null: nothing does. */
  atProvider: z
    .object({
      since: isoTime,
      batches: z.number().int(),
      requests: z.number().int(),
      /** Of the requests, by the provider's count; some providers count at the end alone. */
      done: z.number().int(),
    })
    .nullable(),
  agentId: id,
  agentName: z.string(),
  agentVersionId: id,
  agentVersion: z.number().int(),
  provider: z.string(),
  model: z.string(),
  /** Its calls need no key of the job's own: the model is built in, or the server has a key for its address. */
  hasServerKey: z.boolean(),
  subsetId: id.nullable(),
  /** On which records it was started; those are frozen, `counts.total` of them. */
  records: recordSource,
  labels: z.array(z.string()),
  labelMetadata: z.array(z.string()),
  schemaVersion: z.number().int(),
  counts: jobCounts,
  distribution: z.record(z.string(), z.record(z.string(), z.number().int())),
  invalidAnswers: z.array(z.object({ text: z.string(), count: z.number().int() })),
  errors: z.array(z.object({ kind: z.string(), count: z.number().int(), sample: z.string() })),
  confidence: z.object({ bins: z.array(histogramBin), missing: z.number().int() }),
  tokens: z.object({ prompt: z.number().int(), completion: z.number().int(), estimated: z.boolean() }),
  latencyMs: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }),
  /** null: the model's price is unknown. */
  costUsd: z.number().nullable(),
  spendCapUsd: z.number().nullable(),
  maxRetries: z.number().int(),
  /** What it does after each kind of error, what is usual included. */
  errorPolicy: completeErrorPolicy,
  servedModels: z.array(z.object({ name: z.string(), count: z.number().int() })),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
  startedAt: isoTime.nullable(),
  finishedAt: isoTime.nullable(),
});
export type Job = z.infer<typeof job>;

export const listJobsInput = page.extend({
  project: projectRef,
  agentId: id.optional(),
  createdBy: id.optional(),
  status: jobStatus.optional(),
  label: z.string().optional(),
});
/** A list row carries the funnel, not the whole report. */
const jobSummary = job.omit({
  invalidAnswers: true,
  errors: true,
  confidence: true,
  latencyMs: true,
  servedModels: true,
  maxRetries: true,
  errorPolicy: true,
});
export type JobSummary = z.infer<typeof jobSummary>;
export const listJobsOutput = listOf(jobSummary);

export const jobItemStatus = z.enum([
  "queued",
  "running",
  "parsed",
  "invalid",
  "callFailed",
  "promptInvalid",
]);
const jobItem = z.object({
  recordId: id,
  externalId: z.string(),
  content: z.string(),
  status: jobItemStatus,
  attempts: z.number().int(),
  /** The message with the record. null: none was sent, or the record has changed since. */
  prompt: z.string().nullable(),
  /** All that was sent. */
  messages: z.array(z.object({ role: z.enum(["system", "user"]), content: z.string() })).nullable(),
  rawAnswer: z.string().nullable(),
  /** label -> values, when parsed */
  labels: z.record(z.string(), z.array(z.string())),
  /** Of labels of spans, which were read; code points, end exclusive. */
  spans: z.array(
    z.object({
      label: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      value: z.array(z.string()),
      conf: z.number().nullable(),
    }),
  ),
  /** The first label's value and confidence. */
  value: z.array(z.string()).nullable(),
  conf: z.number().nullable(),
  reason: z.string().nullable(),
  servedModel: z.string().nullable(),
  cached: z.boolean(),
  tokens: z.object({ prompt: z.number().int().nullable(), completion: z.number().int().nullable() }),
  latencyMs: z.number().int().nullable(),
  error: z.object({ kind: z.string(), message: z.string() }).nullable(),
});
export type JobItem = z.infer<typeof jobItem>;
export const listJobItemsInput = page.extend({
  project: projectRef,
  id,
  status: jobItemStatus.optional(),
  /** Of answers that could not be read: whether a person has said what they mean. */
  resolved: z.stringbool().or(z.boolean()).optional(),
});
export const listJobItemsOutput = listOf(jobItem);
