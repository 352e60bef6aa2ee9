import type { ModelConfig } from "@/contracts/agents";

/** Alternatives a token; providers give at most 20, and a label with many options needs many. */
const TOP_LOGPROBS = 20;

/** The parameters of a call: the agent's as given, and log-probabilities when confidence is asked for. */
export function callParameters(model: ModelConfig, { conf }: { conf: boolean }): Record<string, unknown> {
  const { price: _price, extra, ...given } = model;
  return { ...extra, ...given, ...(conf ? { logprobs: true, top_logprobs: TOP_LOGPROBS } : {}) };
}
