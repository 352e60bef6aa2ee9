import type { LlmCompletion, LlmRequest } from "../port";
import type { Target } from "../target";
import type { PostToProvider } from "./post-to-provider";
import { readCompletion } from "./read-completion";

/** Adapter `openai:chat`: one call of `POST /chat/completions`, at OpenAI or anything that speaks like it. */
export type CompleteChat = (
  request: LlmRequest,
  target: Target,
  signal: AbortSignal,
) => Promise<LlmCompletion>;

export function createCompleteChat(post: PostToProvider): CompleteChat {
  return async ({ parameters, messages, timeoutMs }, target, signal) => {
    const startedAt = performance.now();
    const call = { path: "chat/completions", body: { ...parameters, messages }, timeoutMs };
    const body = await post(call, target, signal);
    return readCompletion(body, Math.round(performance.now() - startedAt), target.apiKey);
  };
}
