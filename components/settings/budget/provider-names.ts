import type { LlmKeyProvider } from "@/contracts/llm-keys";

/** Providers as people call them. */
export const providerNames: Record<LlmKeyProvider, string> = {
  openai: "OpenAI or compatible",
  anthropic: "Anthropic",
  google: "Google",
};
