import { LlmError, type LlmRequest } from "../port";
import type { Adapter } from "./adapter";
import { anthropic } from "./anthropic";
import { google } from "./google";
import { openaiChat } from "./openai-chat";
import { openaiCompletion } from "./openai-completion";
import { openaiResponses } from "./openai-responses";

/** All providers by the names that agents know them by. */
export const adapters: ReadonlyMap<string, Adapter> = new Map([
  ["openai:chat", openaiChat],
  ["openai:completion", openaiCompletion],
  ["openai:responses", openaiResponses],
  ["anthropic", anthropic],
  ["google", google],
]);

/** @throws LlmError `bad_request` */
export function adapterOf({ provider }: Pick<LlmRequest, "provider">): Adapter {
  const adapter = adapters.get(provider);
  if (!adapter) throw new LlmError("bad_request", `This server has no provider "${provider}".`);
  return adapter;
}
