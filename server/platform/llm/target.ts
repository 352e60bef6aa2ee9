import { isAppError } from "../errors";
import type { Adapter } from "./adapters/adapter";
import { adapters } from "./adapters/registry";
import { builtinModel } from "./builtin/current-model";
import { LlmError, type LlmRequest } from "./port";
import { type LlmSettings, llmSettings } from "./settings";

/** Where one call goes and what opens the door there. */
export type Target = {
  /** Paths go on from its end. */
  baseUrl: string;
  /** null: nothing is sent, as local servers need none. */
  apiKey: string | null;
  /** OpenAI's organization, with the server's own key alone. */
  organization: string | null;
  /** It is the provider itself, not a server that speaks like it. */
  own: boolean;
  /** Called without a check of its address. */
  trusted: boolean;
};

/** Which of the server's keys is meant, by whose adapter, and the variable it comes from. */
const VARIABLES = {
  openai: { provider: "OpenAI", variable: "OPENAI_API_KEY" },
  anthropic: { provider: "Anthropic", variable: "ANTHROPIC_API_KEY" },
  google: { provider: "Google", variable: "GOOGLE_API_KEY" },
} as const;

type Whose = Pick<Adapter, "keyOf" | "ownAddress">;

/**
 * Finds address and key of a call. Each of the server's own keys goes to one origin alone: the provider's, or for
 * OpenAI's that of OPENAI_BASE_URL when there is one.
 * @throws LlmError `auth` when the provider itself is to be called without any key, `connection` without a built-in
 * model, `bad_request` when the built-in model is to be asked in another way than OpenAI's
 */
export function targetOf(
  adapter: Whose,
  request: Pick<LlmRequest, "baseUrl" | "apiKey">,
  settings: LlmSettings,
): Target {
  if (request.baseUrl === "builtin") return builtinTarget(adapter);
  const baseUrl = request.baseUrl ?? serverAddress(adapter, settings);
  const { origin } = new URL(baseUrl);
  const own = origin === new URL(adapter.ownAddress).origin;
  const mayUseServerKey = origin === new URL(serverAddress(adapter, settings)).origin;
  const apiKey = request.apiKey ?? (mayUseServerKey ? serverKey(adapter, settings) : undefined) ?? null;
  if (apiKey === null && own) {
    const { provider, variable } = VARIABLES[adapter.keyOf];
    throw new LlmError("auth", `${provider} needs a key: enter one for this run, or set ${variable}.`);
  }
  const ofServer = mayUseServerKey && request.apiKey === null && adapter.keyOf === "openai";
  return {
    baseUrl,
    apiKey,
    organization: ofServer ? (settings.openai.organization ?? null) : null,
    own,
    trusted: settings.trustedOrigins.includes(origin),
  };
}

/** The headers that open the door: the adapter's way to write the key, and whose account it is. */
export function headersFor(adapter: Pick<Adapter, "headers">, target: Target): Record<string, string> {
  const { apiKey, organization } = target;
  return {
    ...adapter.headers(apiKey),
    ...(organization === null ? {} : { "openai-organization": organization }),
  };
}

/** Whether calls to an address need no key of their own: the model is built in, or a key of the server's goes there. */
export function hasServerKey(
  { provider, baseUrl }: Pick<LlmRequest, "provider" | "baseUrl">,
  settings: LlmSettings = llmSettings(),
): boolean {
  if (baseUrl === "builtin") return true;
  const adapter = adapters.get(provider);
  if (!adapter) return false;
  const ownOrigin = new URL(serverAddress(adapter, settings)).origin;
  return serverKey(adapter, settings) !== undefined && new URL(baseUrl ?? ownOrigin).origin === ownOrigin;
}

/** Where the server's own key goes. */
const serverAddress = ({ keyOf, ownAddress }: Whose, { openai }: LlmSettings): string =>
  (keyOf === "openai" ? openai.baseUrl : undefined) ?? ownAddress;

const serverKey = ({ keyOf }: Whose, { openai, anthropic, google }: LlmSettings): string | undefined =>
  ({ openai, anthropic, google })[keyOf]?.apiKey;

function builtinTarget({ keyOf }: Whose): Target {
  if (keyOf !== "openai") throw new LlmError("bad_request", "The built-in model speaks OpenAI's way alone.");
  try {
    const { baseUrl, apiKey } = builtinModel();
    return { baseUrl, apiKey, organization: null, own: false, trusted: true };
  } catch (error) {
    throw isAppError(error) ? new LlmError("connection", error.message) : error;
  }
}
