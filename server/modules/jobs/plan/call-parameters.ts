import type { ModelConfig } from "@/server/modules/agents";

/** Alternatives a token; providers give at most 20, and a label with many options needs many. */
const TOP_LOGPROBS = 20;
/** Room for one answer when a job has a cap and its agent sets none: a cap needs a bound for every call. */
const CAPPED_ANSWER_TOKENS = 256;
/** Models that think spend tokens before they answer. */
const CAPPED_THINKING_TOKENS = 4096;

export type CallSettings = {
  /** Confidence was asked for, so the answer's log-probabilities are. */
  conf: boolean;
  /** The job has a spend cap. */
  capped: boolean;
};

/** The parameters of every call of a job: the agent's as given, and what confidence and a cap need. */
export function callParameters(model: ModelConfig, { conf, capped }: CallSettings): Record<string, unknown> {
  const { price: _price, extra, ...given } = model;
  const parameters: Record<string, unknown> = { ...extra, ...given };
  if (capped && answerBound(parameters) === null)
    parameters.max_tokens =
      model.reasoning_effort === undefined ? CAPPED_ANSWER_TOKENS : CAPPED_THINKING_TOKENS;
  if (conf) Object.assign(parameters, { logprobs: true, top_logprobs: TOP_LOGPROBS });
  return parameters;
}

/** Tokens that an answer may have at most, or null when the parameters set no bound. */
export function answerBound(parameters: Readonly<Record<string, unknown>>): number | null {
  const bounds = [parameters.max_tokens, parameters.max_completion_tokens].filter(
    (bound) => typeof bound === "number",
  );
  return bounds.length === 0 ? null : Math.max(...bounds);
}

/** What an answer is taken to need at most where nothing bounds it. */
export const ASSUMED_ANSWER_TOKENS = CAPPED_ANSWER_TOKENS;
