import { z } from "zod";
import { type LlmCompletion, LlmError, type LlmToken } from "../port";
import { readFailure } from "./read-failure";

const bytes = z.array(z.number().int()).nullish().catch(null);
const choiceOfToken = z.object({ token: z.string(), logprob: z.number(), bytes });
const answerToken = choiceOfToken.extend({ top_logprobs: z.array(choiceOfToken).nullish() });
const content = z.union([
  z.string(),
  z
    .array(z.object({ text: z.string().optional() }))
    .transform((parts) => parts.map((part) => part.text ?? "").join("")),
]);

/** A filter may leave a choice without its message; then the reason for the end is the answer. */
const choice = z
  .object({
    message: z.object({ content: content.nullish(), refusal: z.string().nullish() }).nullish(),
    finish_reason: z.string().nullish(),
    logprobs: z
      .object({ content: z.array(answerToken).nullish() })
      .nullish()
      .catch(null),
  })
  .refine(({ message, finish_reason }) => message || finish_reason);

const completion = z.object({
  choices: z.array(choice).min(1),
  usage: z
    .object({ prompt_tokens: z.number().int(), completion_tokens: z.number().int() })
    .nullish()
    .catch(null),
  model: z.string().nullish().catch(null),
});

/** Some gateways answer 200 and put the error into the body. */
const hiddenError = z.object({ error: z.object({ code: z.unknown() }) });

/**
 * What a chat completion says. Parts that a provider leaves out or fills wrongly are null; without a message
 * there is no answer.
 * @throws LlmError `provider_error`, or the kind that an error inside the body stands for
 */
export function readCompletion(body: unknown, latencyMs: number, apiKey: string | null): LlmCompletion {
  const parsed = completion.safeParse(body);
  if (!parsed.success) throw noCompletion(body, apiKey);
  const [first] = parsed.data.choices;
  const { usage, model } = parsed.data;
  return {
    text: first?.message?.content ?? "",
    tokens: first?.logprobs?.content?.map(readToken) ?? null,
    finishReason: first?.finish_reason ?? null,
    refusal: first?.message?.refusal ?? null,
    usage: usage ? { prompt: usage.prompt_tokens, completion: usage.completion_tokens } : null,
    servedModel: model ?? null,
    latencyMs,
  };
}

function readToken({ token, logprob, bytes: own, top_logprobs: top }: z.infer<typeof answerToken>): LlmToken {
  return {
    token,
    logprob,
    bytes: own ?? null,
    top: (top ?? []).map((other) => ({
      token: other.token,
      logprob: other.logprob,
      bytes: other.bytes ?? null,
    })),
  };
}

function noCompletion(body: unknown, apiKey: string | null): LlmError {
  const hidden = hiddenError.safeParse(body);
  if (!hidden.success)
    return new LlmError("provider_error", "The provider's answer is not a chat completion.", null, 200);
  const code = Number(hidden.data.error.code);
  const status = code >= 400 && code < 600 ? code : 502;
  return readFailure({ status, headers: {}, body: JSON.stringify(body), apiKey });
}
