import type { SeededAnswer } from "./seeded-answer";

export type ChatRequest = {
  model: string;
  messages: { role: string; content: string }[];
  logprobs?: boolean;
  top_logprobs?: number;
};

export const isChatRequest = (body: unknown): body is ChatRequest =>
  typeof body === "object" &&
  body !== null &&
  "model" in body &&
  "messages" in body &&
  Array.isArray(body.messages);

export type Completion = Pick<SeededAnswer, "text" | "refusal"> & {
  tokens: SeededAnswer["tokens"] | null;
  usage: SeededAnswer["usage"] | null;
  model: string;
};

export const plain = (seeded: SeededAnswer, request: ChatRequest): Completion => ({
  text: seeded.text,
  refusal: seeded.refusal,
  tokens: request.logprobs ? seeded.tokens : null,
  usage: seeded.usage,
  model: request.model,
});

export function present(request: ChatRequest, { text, refusal, tokens, usage, model }: Completion): unknown {
  const bytes = (token: string) => [...Buffer.from(token, "utf8")];
  const content = tokens?.map(({ token, logprob, top }) => ({
    token,
    logprob,
    bytes: bytes(token),
    top_logprobs: top
      .slice(0, request.top_logprobs ?? 0)
      .map((other) => ({ ...other, bytes: bytes(other.token) })),
  }));
  return {
    id: "chatcmpl-double",
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text, refusal },
        logprobs: content ? { content, refusal: null } : null,
        finish_reason: "stop",
      },
    ],
    ...(usage
      ? {
          usage: {
            prompt_tokens: usage.prompt,
            completion_tokens: usage.completion,
            total_tokens: usage.prompt + usage.completion,
          },
        }
      : {}),
  };
}
