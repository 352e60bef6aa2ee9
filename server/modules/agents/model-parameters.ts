import type { ModelConfig } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { ModelCapabilities } from "@/contracts/model-capabilities";
import type { AnswerSchema } from "./answer-schema";

/** Alternatives a token; providers give at most 20, and a label with many options needs many. */
const TOP_LOGPROBS = 20;

export type Wanted = {
  /** Confidence is asked for, and with it log-probabilities. */
  conf: boolean;
  /** What the prompt asks for as JSON; asked of the provider too where the model is known to follow it. */
  answerSchema?: AnswerSchema | null;
  /** What a probe found out about the model; null: it was never probed, and is asked for all that is wanted. */
  capabilities?: ModelCapabilities | null;
};

/**
 * The parameters of a call, by the names of the platform's `call-settings.ts`: the agent's as given, and what
 * confidence and structured answers need. What the model is known to refuse is left out.
 */
export function modelParameters(
  model: ModelConfig,
  { conf, answerSchema = null, capabilities = null }: Wanted,
): Record<string, unknown> {
  const { price: _price, extra, ...given } = model;
  const refused = new Set(capabilities?.refused);
  const known = capabilities?.capabilities;
  const logprobs = conf && known?.logprobs.state !== "no";
  const structured = known?.structuredOutput.state === "yes";
  const parameters: Record<string, unknown> = {
    ...extra,
    ...given,
    ...(logprobs ? { logprobs: true, top_logprobs: capabilities?.topLogprobs ?? TOP_LOGPROBS } : {}),
    ...(answerSchema && structured ? { answer_schema: answerSchema } : {}),
  };
  if (refused.has("max_tokens") && model.max_tokens !== undefined)
    parameters.max_completion_tokens = model.max_tokens;
  return Object.fromEntries(
    Object.entries(parameters).filter(([name, value]) => value !== undefined && !refused.has(name)),
  );
}

/** What is wanted and will be left out, or can't work, by what a probe found; the paths are the agent's. */
export function modelWarnings(
  model: ModelConfig,
  { conf, systemMessage, capabilities }: Wanted & { systemMessage: boolean },
): FieldProblem[] {
  if (!capabilities) return [];
  const { refused, capabilities: found, probedAt } = capabilities;
  const when = `as found on ${probedAt.slice(0, 10)}`;
  const leftOut = Object.keys(model)
    .filter((name) => refused.includes(name) && name !== "max_tokens")
    .map((name) => ({
      path: `model.${name}`,
      message: `this model does not take it, ${when}; it will be left out`,
    }));
  return [
    ...leftOut,
    ...(conf && found.logprobs.state === "no"
      ? [
          {
            path: "model.model",
            message: `this model gives no log-probabilities, ${when}: labels have no confidence from them`,
          },
        ]
      : []),
    ...(systemMessage && found.systemMessage.state === "no"
      ? [
          {
            path: "prompt.system",
            message: `this model takes no system message, ${when}; say it in the instructions`,
          },
        ]
      : []),
  ];
}
