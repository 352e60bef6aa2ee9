import { LlmError } from "../port";
import { type LlmSettings, llmSettings } from "../settings";
import { createAddressGuard, type Resolve } from "./address-guard";

/**
 * What is wrong with an agent's base URL, in words that name the fix, or null. A name that can't be resolved now
 * passes: every call is checked again when it connects.
 */
export async function checkBaseUrl(
  baseUrl: string,
  settings: LlmSettings = llmSettings(),
  resolve?: Resolve,
): Promise<string | null> {
  if (!URL.canParse(baseUrl)) return "must be an address like https://host/v1";
  const url = new URL(baseUrl);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "must start with http:// or https://";
  if (url.username || url.password)
    return "must not hold a user name or password; the key belongs to the job";
  if (url.search || url.hash) return "must not hold ? or #";
  if (/\/openai\/deployments\//.test(url.pathname))
    return "must be Azure's newer address, https://NAME.openai.azure.com/openai/v1, with the deployment as the model";
  const path = /\/(?:chat\/completions|completions|responses|messages|[^/]+:generateContent)\/*$/.exec(
    url.pathname,
  );
  if (path) return `must end before ${path[0].replace(/\/+$/, "")}, as in https://host/v1`;
  try {
    await createAddressGuard({ ...settings, ...(resolve ? { resolve } : {}) }).resolve(url);
    return null;
  } catch (error) {
    return error instanceof LlmError && error.kind === "forbidden_address"
      ? error.message.replace(/\.$/, "")
      : null;
  }
}
