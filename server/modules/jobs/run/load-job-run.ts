import { z } from "zod";
import { priceTier } from "@/contracts/agents";
import type { ConfidenceMethod } from "@/contracts/confidence";
import { type ErrorPolicy, errorPolicy } from "@/contracts/jobs";
import { labelDefinition } from "@/contracts/label-schema";
import { modelCapabilities } from "@/contracts/model-capabilities";
import type { Job, JobMode, JobStatus } from "@/prisma/generated/client/client";
import {
  answerSchemaOf,
  type LabelDefinition,
  loadTokenCounter,
  openPrompts,
  promptedLabels,
  type TieredPrice,
  type TokenCounter,
} from "@/server/modules/agents";
import type { Db } from "@/server/platform/db";
import { openKey } from "../job-key";
import { type FrozenAgent, readAgentVersion } from "../plan/agent-version";
import { callParameters } from "../plan/call-parameters";
import { readFrozenExamples } from "../plan/frozen-examples";
import { createPromptMaker, type MakePrompts } from "../plan/prompt-maker";
import { requestHash } from "../plan/request-hash";
import { jobPriority } from "../run-job-task";
import type { Reading } from "./read-answer";

/** Everything frozen that the run of a job needs, read once. */
export type JobRun = {
  projectId: string;
  jobId: string;
  concurrency: number;
  /** Small jobs go first. */
  priority: number;
  maxRetries: number;
  timeoutMs: number;
  provider: string;
  baseUrl: string | null;
  apiKey: string | null;
  /** The saved key that it used is gone. */
  keyLost: boolean;
  /** What becomes of items by the kind of error, where it is not what is usual. */
  errorPolicy: ErrorPolicy;
  /** Labels that the prompt asks for; an answer is read for all of them. */
  promptedLabels: LabelDefinition[];
  schemaVersion: number;
  /** The answer's length is kept beside each label. */
  withLength: boolean;
  withConf: boolean;
  /** Where confidence comes from, and for agreement with which jobs. */
  confidence: ConfidenceMethod;
  agreeWith: readonly string[];
  /** How often each record is asked about: above 1, its label is what most answers give. */
  samples: number;
  price: TieredPrice | null;
  /** A cap of the job or the project: bounds are counted with the model's own vocabulary. */
  capped: boolean;
  tokenCounter: TokenCounter;
} & JobPrompts;

/** How the prompts of a job are made and told apart. */
type JobPrompts = {
  /** Labels that the job writes. */
  labels: readonly string[];
  /** Sent with every call. */
  parameters: Readonly<Record<string, unknown>>;
  makePrompts: MakePrompts;
  /** @param sample which of several answers to this prompt, from 0 */
  hashOf(messages: readonly { role: string; content: string }[], sample: number): string;
};

export type LoadedJob = {
  mode: JobMode;
  status: JobStatus;
  pausedReason: string | null;
  cancelRequested: boolean;
  loadPrompts(): Promise<JobPrompts>;
  /** How its answers are read. */
  loadReading(): Promise<Reading>;
  /** Reads all that a run needs, the key included. */
  loadRun(): Promise<JobRun>;
};

const MICRO = 1_000_000;
const schemaLabels = z.array(labelDefinition);
const frozenCapabilities = modelCapabilities.nullable();
const frozenTiers = z.array(priceTier).optional();

/** A job and the ways to what it froze, or null when there is none. */
export async function loadJob(db: Db, projectId: string, jobId: string): Promise<LoadedJob | null> {
  const job = await db.job.findUnique({
    where: { projectId_id: { projectId, id: jobId } },
    include: {
      schema: { select: { version: true, labels: true } },
      annotator: { select: { project: { select: { spendCapMicroUsd: true } } } },
    },
  });
  if (!job) return null;
  const capped = job.spendCapMicroUsd !== null || job.annotator.project.spendCapMicroUsd !== null;
  const withConf = job.labelMetadata.includes("conf");
  const schema = schemaLabels.parse(job.schema.labels);
  const loadAgent = () => readAgentVersion(db, projectId, job.agentVersionId);

  const promptsOf = async ({ provider, baseUrl, model, prompt }: FrozenAgent): Promise<JobPrompts> => {
    const verified = await readFrozenExamples(db, { projectId, jobId });
    const parameters = callParameters(model, {
      conf: withConf && confidenceOf({ prompt }) === "option-probability",
      capped,
      answerSchema: answerSchemaOf(promptedLabels(schema, prompt), prompt),
      capabilities: frozenCapabilities.parse(job.capabilities),
    });
    return {
      labels: job.labels,
      parameters,
      makePrompts: createPromptMaker(await openPrompts(db, { projectId, schema, prompt }, verified)),
      hashOf: (messages, sample) =>
        requestHash({ provider, baseUrl, parameters, messages, sample, onlyJobId: job.fresh ? jobId : null }),
    };
  };

  const readingOf = ({ prompt }: FrozenAgent): Reading => ({
    promptedLabels: promptedLabels(schema, prompt),
    labels: job.labels,
    withLength: job.labelMetadata.includes("length"),
    withConf,
    confidence: confidenceOf({ prompt }),
  });

  return {
    mode: job.mode,
    status: job.status,
    pausedReason: job.pausedReason,
    cancelRequested: job.cancelRequested,
    loadPrompts: async () => promptsOf(await loadAgent()),
    loadReading: async () => readingOf(await loadAgent()),
    loadRun: async () => {
      const agent = await loadAgent();
      const key = await openKey(db, job);
      return {
        ...(await promptsOf(agent)),
        projectId,
        jobId,
        concurrency: job.concurrency,
        priority: jobPriority(job),
        maxRetries: job.maxRetries,
        timeoutMs: job.timeoutMs,
        provider: agent.provider,
        baseUrl: agent.baseUrl,
        apiKey: key.apiKey,
        keyLost: key.lost,
        errorPolicy: errorPolicy.parse(job.errorPolicy ?? {}),
        ...readingOf(agent),
        schemaVersion: job.schema.version,
        agreeWith: agent.prompt.agreeWith ?? [],
        samples: samplesOf(agent),
        price: frozenPrice(job),
        capped,
        tokenCounter: await loadTokenCounter(agent.model.model),
      };
    },
  };
}

const confidenceOf = ({ prompt }: Pick<FrozenAgent, "prompt">): ConfidenceMethod =>
  prompt.confidence ?? "option-probability";

/** Calls that each record takes. */
export const samplesOf = ({ prompt }: Pick<FrozenAgent, "prompt">): number =>
  prompt.confidence === "self-consistency" ? (prompt.samples ?? 1) : 1;

function frozenPrice({
  inputPricePerMillionMicroUsd: input,
  outputPricePerMillionMicroUsd: output,
  priceTiers,
}: Pick<
  Job,
  "inputPricePerMillionMicroUsd" | "outputPricePerMillionMicroUsd" | "priceTiers"
>): TieredPrice | null {
  if (input === null || output === null) return null;
  return {
    inputPerMillion: Number(input) / MICRO,
    outputPerMillion: Number(output) / MICRO,
    tiers: frozenTiers.parse(priceTiers ?? undefined),
  };
}
