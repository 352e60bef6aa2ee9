import type { CapabilityName, Finding } from "@/contracts/model-capabilities";
import { type Llm, type LlmCompletion, LlmError, type LlmRequest } from "@/server/platform/llm";
import {
  firstWish,
  learnFromAnswer,
  learnFromRefusal,
  type ProbeState,
  probeRequest,
  wishAfterBareAnswer,
} from "./probe-plan";

/** The contract: a job makes at most so many, and so does a person's click. */
const MOST_COMPLETIONS = 3;

export type Probed = {
  findings: ReadonlyMap<CapabilityName, Finding>;
  refused: readonly string[];
  topLogprobs: number | null;
  /** The last answer; null: there was none. */
  answer: LlmCompletion | null;
  /** Why there was no answer. */
  error: LlmError | null;
  completions: number;
};

type Asked = Pick<LlmRequest, "provider" | "baseUrl" | "apiKey" | "timeoutMs"> & { model: string };

/**
 * Asks a model a question that wants everything, and again without what it refuses. What it takes is learned from
 * what it answers.
 * @throws the signal's reason when it was aborted
 */
export async function probeCompletions(
  llm: Llm,
  { model, ...request }: Asked,
  signal: AbortSignal,
): Promise<Probed> {
  let state: ProbeState = { wish: firstWish, findings: new Map(), refused: [] };
  let answer: LlmCompletion | null = null;
  let error: LlmError | null = null;
  let completions = 0;
  let topLogprobs: number | null = null;
  while (completions < MOST_COMPLETIONS) {
    completions += 1;
    const result = await ask(llm, { ...request, ...probeRequest(state.wish, model), probe: true }, signal);
    if (result instanceof LlmError) {
      error = result;
      const next = learnFromRefusal(state, result);
      if (next === null) break;
      state = next;
      continue;
    }
    answer = result;
    state = learnFromAnswer(state, result);
    if (state.findings.get("logprobs")?.state === "yes") topLogprobs = state.wish.topLogprobs;
    const wish = wishAfterBareAnswer(state);
    if (wish === null) break;
    state = { ...state, wish };
  }
  return {
    findings: state.findings,
    refused: state.refused,
    topLogprobs,
    answer,
    error: answer ? null : error,
    completions,
  };
}

async function ask(llm: Llm, request: LlmRequest, signal: AbortSignal): Promise<LlmCompletion | LlmError> {
  try {
    return await llm.complete(request, signal);
  } catch (error) {
    if (error instanceof LlmError) return error;
    throw error;
  }
}
