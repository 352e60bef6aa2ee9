import { z } from "zod";
import { LlmError } from "./port";

/**
 * A JSON Schema that the answer must follow. `name` is for the provider's messages.
 */
export const answerSchema = z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) });

/** What a call asks for besides its messages, by the names that `LlmRequest.parameters` uses at every provider. */
const known = z.object({
  model: z.string(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  top_k: z.number().optional(),
  max_tokens: z.number().optional(),
  /** OpenAI's newer name of the same. */
  max_completion_tokens: z.number().optional(),
  seed: z.number().optional(),
  presence_penalty: z.number().optional(),
  frequency_penalty: z.number().optional(),
  stop: z.union([z.string(), z.array(z.string())]).optional(),
  reasoning_effort: z.string().optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: z.number().optional(),
  answer_schema: answerSchema.optional(),
});
const knownNames = new Set(Object.keys(known.shape));

export type CallSettings = Omit<z.infer<typeof known>, "max_completion_tokens" | "stop" | "logprobs"> & {
  stop: string[] | undefined;
  /** Alternatives wanted beside each token; undefined: no log-probabilities. */
  top_logprobs: number | undefined;
  /** All that has no name of ours: sent as it is. */
  rest: Record<string, unknown>;
};

/** Reads the parameters of a call. @throws LlmError `bad_request` that names what is malformed */
export function readCallSettings(parameters: Readonly<Record<string, unknown>>): CallSettings {
  const parsed = known.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new LlmError(
      "bad_request",
      `The parameter ${issue?.path.join(".")} can't be sent: ${issue?.message}.`,
    );
  }
  const {
    max_completion_tokens: most,
    max_tokens = most,
    stop,
    logprobs,
    top_logprobs = 0,
    ...given
  } = parsed.data;
  return {
    ...given,
    max_tokens,
    stop: stop === undefined ? undefined : [stop].flat(),
    top_logprobs: logprobs ? top_logprobs : undefined,
    rest: Object.fromEntries(Object.entries(parameters).filter(([name]) => !knownNames.has(name))),
  };
}

/** The entries that are set; JSON would leave the others out too, and a test sees what is sent. */
export function setOnly(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
