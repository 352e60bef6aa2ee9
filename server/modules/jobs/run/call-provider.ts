import { costMicroUsd } from "@/server/modules/agents";
import { type Llm, type LlmCompletion, LlmError } from "@/server/platform/llm";
import { type CallAnswer, packTokens, storable } from "./call-answer";
import type { JobRun } from "./load-job-run";
import type { PreparedItem } from "./prepared-item";
import { REFUSED } from "./read-answer";

/** `null`: the call was broken off because the worker stops. */
export type CallResult = { completion: LlmCompletion } | { error: LlmError } | null;

/** One call. Only what says nothing about the provider is thrown. */
export async function callProvider(
  llm: Llm,
  run: JobRun,
  item: PreparedItem,
  signal: AbortSignal,
): Promise<CallResult> {
  const { provider, baseUrl, apiKey, timeoutMs } = run;
  const { messages, sample } = item;
  try {
    const parameters = parametersOf(run, sample);
    const request = { provider, baseUrl, apiKey, messages, parameters, timeoutMs };
    return { completion: await llm.complete(request, signal) };
  } catch (error) {
    if (error instanceof LlmError) return { error };
    if (signal.aborted) return null;
    throw error;
  }
}

/** With one and the same seed a model would give one and the same answer each time. */
const parametersOf = ({ parameters }: JobRun, sample: number): JobRun["parameters"] =>
  sample > 0 && typeof parameters.seed === "number"
    ? { ...parameters, seed: parameters.seed + sample }
    : parameters;

/** An answer as it is kept; tokens that the provider did not count are counted here. */
export function toCallAnswer(
  run: JobRun,
  item: Pick<PreparedItem, "recordId" | "hash" | "sample" | "messages">,
  attemptId: string,
  completion: Omit<LlmCompletion, "latencyMs"> & { latencyMs: number | null },
): CallAnswer {
  const { text, refusal, usage } = completion;
  const raw = text === "" ? (refusal ?? "") : text;
  const tokens = usage ?? {
    prompt: run.tokenCounter.countChat(item.messages).tokens,
    completion: run.tokenCounter.countText(raw).tokens,
  };
  return {
    attemptId,
    recordId: item.recordId,
    hash: item.hash,
    sample: item.sample,
    raw: storable(raw),
    finishReason: refusal === null ? completion.finishReason : REFUSED,
    tokens: packTokens(completion.tokens),
    servedModel: completion.servedModel === null ? null : storable(completion.servedModel),
    promptTokens: tokens.prompt,
    completionTokens: tokens.completion,
    tokensEstimated: usage === null,
    costMicroUsd: costMicroUsd(tokens, run.price),
    latencyMs: completion.latencyMs === null ? null : Math.round(completion.latencyMs),
  };
}
