import { answerSchema, setOnly } from "../call-settings";
import type { Adapter } from "./adapter";
import { readChatCompletion } from "./chat-completion";
import { openaiApi } from "./openai-api";

/**
 * `POST /chat/completions` at OpenAI, Azure (its `/openai/v1`), vLLM, llama.cpp, Ollama and whoever speaks like it.
 * Our names of parameters are this API's own, so that they go as they are; OpenAI itself has renamed `max_tokens`,
 * and its newer models refuse the old name, which servers that follow it don't always know by the new one.
 */
export const openaiChat: Adapter = {
  ...openaiApi,
  write({ parameters, messages }, { own }) {
    const { answer_schema: wanted, max_tokens: most, ...given } = parameters;
    const limit = own && given.max_completion_tokens === undefined ? "max_completion_tokens" : "max_tokens";
    return {
      path: "chat/completions",
      body: { ...given, ...setOnly({ [limit]: most, ...responseFormat(wanted) }), messages },
    };
  },
  read: readChatCompletion,
};

function responseFormat(wanted: unknown): Record<string, unknown> {
  if (wanted === undefined) return {};
  const { name, schema } = answerSchema.parse(wanted);
  return { response_format: { type: "json_schema", json_schema: { name, strict: true, schema } } };
}
