import type { z } from "zod";
import type {
  CapabilityName,
  Finding,
  ModelCapabilities,
  ProbeModelOutput,
  probeModelInput,
} from "@/contracts/model-capabilities";
import type { ProjectActor } from "@/server/modules/access";
import { findSavedKey } from "@/server/modules/llm-keys";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { checkBaseUrl, type Llm, LlmError, type ModelDirectory } from "@/server/platform/llm";
import { saveCapabilities } from "./capability-repository";
import { type Probed, probeCompletions } from "./probe-completions";

const TIMEOUT_MS = 60_000;
/** After these the provider was not reached at all, or not let in: lists and batches would say the same. */
const HOPELESS = new Set(["auth", "connection", "forbidden_address", "timeout"]);

/**
 * Finds out what a model takes by asking it: its provider's list of models, at most 3 completions about no record,
 * whether batches are taken. The findings are kept for the project.
 * @param timeoutMs of each call
 * @returns without findings and with the error, when the model gave no answer; what was known before stays then
 * @throws AppError `invalid` for an address that may not be called
 */
export async function probeModel(
  db: Db,
  actor: ProjectActor,
  llm: Llm & ModelDirectory,
  input: Omit<z.infer<typeof probeModelInput>, "project">,
  timeoutMs = TIMEOUT_MS,
): Promise<ProbeModelOutput> {
  const baseUrl = input.baseUrl?.trim().replace(/\/+$/, "") || null;
  await requireAddress(baseUrl);
  const { provider, model } = input;
  const signal = new AbortController().signal;
  const savedKey = await findSavedKey(db, actor.projectId, { provider, baseUrl });
  const called = { provider, baseUrl, apiKey: input.apiKey ?? savedKey, timeoutMs };
  const models = await hear(llm.listModels(called, signal));
  if (models instanceof LlmError && HOPELESS.has(models.kind)) return nothing(models, 0);
  const probed = await probeCompletions(llm, { ...called, model }, signal);
  if (!probed.answer) return nothing(probed.error, probed.completions);
  const capabilities: ModelCapabilities = {
    provider,
    baseUrl,
    model,
    probedAt: new Date().toISOString(),
    servedModel: probed.answer.servedModel,
    listed: models instanceof LlmError || models === null ? null : models.includes(model),
    capabilities: allFindings(probed, batchFinding(await hear(llm.takesBatches(called, signal)))),
    topLogprobs: probed.topLogprobs,
    refused: [...probed.refused],
  };
  await saveCapabilities(db, { projectId: actor.projectId, probedById: actor.userId }, capabilities);
  return { capabilities, error: null, completions: probed.completions };
}

async function requireAddress(baseUrl: string | null): Promise<void> {
  if (baseUrl === null || baseUrl === "builtin") return;
  const message = await checkBaseUrl(baseUrl);
  if (message !== null)
    throw new AppError("invalid", `baseUrl ${message}.`, { errors: [{ path: "baseUrl", message }] });
}

/** What a provider says, or why it says nothing. */
async function hear<T>(saying: Promise<T>): Promise<T | LlmError> {
  return saying.catch((error: unknown) => {
    if (error instanceof LlmError) return error;
    throw error;
  });
}

const nothing = (error: LlmError | null, completions: number): ProbeModelOutput => ({
  capabilities: null,
  error: error && { kind: error.kind, message: error.message },
  completions,
});

function batchFinding(taken: boolean | LlmError): Finding {
  if (taken instanceof LlmError) return { state: "unknown", detail: taken.message };
  return taken
    ? { state: "yes", detail: "The provider lists batches." }
    : { state: "no", detail: "The provider has no batches." };
}

function allFindings({ findings }: Probed, batch: Finding): Record<CapabilityName, Finding> {
  const of = (name: CapabilityName) => findings.get(name) ?? NOT_FOUND;
  return {
    logprobs: of("logprobs"),
    structuredOutput: of("structuredOutput"),
    systemMessage: of("systemMessage"),
    temperature: of("temperature"),
    seed: of("seed"),
    batch,
  };
}

const NOT_FOUND: Finding = { state: "unknown", detail: "No probe could tell." };
