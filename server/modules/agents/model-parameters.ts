import type { ModelConfig } from "@/contracts/agents";

/** Alternatives a token; providers give at most 20, and a label with many options needs many. */
const TOP_LOGPROBS = 20;
/** OpenAI's models that think refuse `max_tokens`: for them it has another name. */
const THINKING = /^(?:openai\/)?(?:gpt-5|o\d)(?:[-.]|$)/;

/** The parameters of a call: the agent's as given, and log-probabilities when confidence is asked for. */
export function modelParameters(model: ModelConfig, { conf }: { conf: boolean }): Record<string, unknown> {
  const { price: _price, extra, max_tokens: most, ...given } = model;
  const mostName = THINKING.test(model.model) ? "max_completion_tokens" : "max_tokens";
  return {
    ...extra,
    ...given,
    ...(most === undefined ? {} : { [mostName]: most }),
    ...(conf ? { logprobs: true, top_logprobs: TOP_LOGPROBS } : {}),
  };
}
