import { z } from "zod";
import type { Answer } from "./adapter";
import { chatTokens, readChatTokens } from "./chat-tokens";
import { notAnAnswer } from "./not-an-answer";

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
    logprobs: z.object({ content: chatTokens.nullish() }).nullish().catch(null),
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

/**
 * What a chat completion says. Parts that a provider leaves out or fills wrongly are null; without a message
 * there is no answer.
 * @throws LlmError `provider_error`, or the kind that an error inside the body stands for
 */
export function readChatCompletion(body: unknown, apiKey: string | null): Answer {
  const parsed = completion.safeParse(body);
  if (!parsed.success) throw notAnAnswer(body, "chat completion", apiKey);
  const [first] = parsed.data.choices;
  const { usage, model } = parsed.data;
  const tokens = first?.logprobs?.content;
  return {
    text: first?.message?.content ?? "",
    tokens: tokens ? readChatTokens(tokens) : null,
    finishReason: first?.finish_reason ?? null,
    refusal: first?.message?.refusal ?? null,
    usage: usage ? { prompt: usage.prompt_tokens, completion: usage.completion_tokens } : null,
    servedModel: model ?? null,
  };
}
