import { createAddressGuard, type Resolve } from "./address/address-guard";
import { createCompleteChat } from "./openai/complete-chat";
import { createEmbedTexts } from "./openai/embed-texts";
import { createPost } from "./openai/post-to-provider";
import { type Embedder, type Llm, LlmError } from "./port";
import { type LlmSettings, llmSettings } from "./settings";
import { targetOf } from "./target";

/** The way to all providers that this server knows. */
export function createLlm(settings: LlmSettings = llmSettings(), resolve?: Resolve): Llm & Embedder {
  const post = createPost(createAddressGuard({ ...settings, ...(resolve ? { resolve } : {}) }));
  const completeChat = createCompleteChat(post);
  const embedTexts = createEmbedTexts(post);
  return {
    complete: async (request, signal) => {
      signal.throwIfAborted();
      if (request.provider !== "openai:chat")
        throw new LlmError("bad_request", `This server has no provider "${request.provider}".`);
      return completeChat(request, targetOf(request, settings), signal);
    },
    embed: async (request, signal) => {
      signal.throwIfAborted();
      return embedTexts(request, targetOf(request, settings), signal);
    },
  };
}
