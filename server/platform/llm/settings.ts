import { env } from "@/server/platform/env";

/** What the environment says about calls to providers. */
export type LlmSettings = {
  openai: { apiKey: string | undefined; baseUrl: string | undefined; organization: string | undefined };
  anthropic?: { apiKey: string | undefined };
  google?: { apiKey: string | undefined };
  /** Private hosts that agents may call nevertheless. */
  allowedHosts: readonly string[];
  /** Origins that are called without a check of their address. */
  trustedOrigins: readonly string[];
};

/** The settings of this process. */
export function llmSettings(): LlmSettings {
  const { openai, anthropicApiKey, googleApiKey, llmAllowedHosts } = env();
  return {
    openai,
    anthropic: { apiKey: anthropicApiKey },
    google: { apiKey: googleApiKey },
    allowedHosts: llmAllowedHosts,
    trustedOrigins: openai.baseUrl ? [new URL(openai.baseUrl).origin] : [],
  };
}
