import { createAddressGuard, type Resolve } from "./address/address-guard";
import { createCompleteChat } from "./openai/complete-chat";
import { type Llm, LlmError } from "./port";
import { type LlmSettings, llmSettings } from "./settings";
import { targetOf } from "./target";

/** The way to all providers that this server knows. */
export function createLlm(settings: LlmSettings = llmSettings(), resolve?: Resolve): Llm {
  const completeChat = createCompleteChat(
    createAddressGuard({ ...settings, ...(resolve ? { resolve } : {}) }),
  );
  return {
    complete: async (request, signal) => {
      signal.throwIfAborted();
      if (request.provider !== "openai:chat")
        throw new LlmError("bad_request", `This server has no provider "${request.provider}".`);
      return completeChat(request, targetOf(request, settings), signal);
    },
  };
}
