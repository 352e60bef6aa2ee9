import { type ModelConfig, modelParameters, type Wanted } from "@/server/modules/agents";

/** What an answer may need at most where nothing bounds it. */
export const ASSUMED_ANSWER_TOKENS = 256;
/** Models that think spend tokens before they answer. */
const ASSUMED_THINKING_TOKENS = 4096;

export type CallSettings = Wanted & {
  /** The job or its project has a spend cap: every call needs a bound. */
  capped: boolean;
};

/** The parameters of every call of a job: the agent's as given, and what confidence, form and a cap need. */
export function callParameters(
  model: ModelConfig,
  { capped, ...wanted }: CallSettings,
): Record<string, unknown> {
  const parameters = modelParameters(model, wanted);
  if (!capped || answerBound(parameters) !== null) return parameters;
  const bound = model.reasoning_effort === undefined ? ASSUMED_ANSWER_TOKENS : ASSUMED_THINKING_TOKENS;
  return modelParameters({ ...model, max_tokens: bound }, wanted);
}

/** Tokens that an answer may have at most, or null when the parameters set no bound. */
export function answerBound(parameters: Readonly<Record<string, unknown>>): number | null {
  const bounds = [parameters.max_tokens, parameters.max_completion_tokens].filter(
    (bound) => typeof bound === "number",
  );
  return bounds.length === 0 ? null : Math.max(...bounds);
}
