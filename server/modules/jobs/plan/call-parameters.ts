import { type ModelConfig, modelParameters } from "@/server/modules/agents";

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
  const parameters = modelParameters(model, { conf });
  if (!capped || answerBound(parameters) !== null) return parameters;
  const most = model.reasoning_effort === undefined ? CAPPED_ANSWER_TOKENS : CAPPED_THINKING_TOKENS;
  return modelParameters({ ...model, max_tokens: most }, { conf });
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
