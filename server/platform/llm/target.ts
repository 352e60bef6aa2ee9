import { isAppError } from "../errors";
import { builtinModel } from "./builtin/current-model";
import { LlmError, type LlmRequest } from "./port";
import { type LlmSettings, llmSettings } from "./settings";

const OPENAI_BASE_URL = "https://api.openai.com/v1";

/** Where one call goes and what opens the door there. */
export type Target = {
  /** Ends in `/v1`. */
  baseUrl: string;
  /** null: nothing is sent, as local servers need none. */
  apiKey: string | null;
  organization: string | null;
  /** Called without a check of its address. */
  trusted: boolean;
};

/**
 * Finds address and key of a call. The server's own key goes to the server's own address alone: that of
 * OPENAI_BASE_URL, or OpenAI's when there is none.
 * @throws LlmError `auth` when OpenAI is to be called without any key, `connection` without a built-in model
 */
export function targetOf(request: Pick<LlmRequest, "baseUrl" | "apiKey">, settings: LlmSettings): Target {
  if (request.baseUrl === "builtin") return builtinTarget();
  const { openai, trustedOrigins } = settings;
  const baseUrl = request.baseUrl ?? ownBaseUrl(settings);
  const { origin } = new URL(baseUrl);
  const isOwn = isOwnOrigin(origin, settings);
  const apiKey = request.apiKey ?? (isOwn ? openai.apiKey : undefined) ?? null;
  if (apiKey === null && origin === new URL(OPENAI_BASE_URL).origin)
    throw new LlmError("auth", "OpenAI needs a key: enter one for this run, or set OPENAI_API_KEY.");
  return {
    baseUrl,
    apiKey,
    organization: isOwn && request.apiKey === null ? (openai.organization ?? null) : null,
    trusted: trustedOrigins.includes(origin),
  };
}

/** Whether calls to an address need no key of their own: the model is built in, or the server's key goes there. */
export function hasServerKey(baseUrl: string | null, settings: LlmSettings = llmSettings()): boolean {
  if (baseUrl === "builtin") return true;
  const { origin } = new URL(baseUrl ?? ownBaseUrl(settings));
  return settings.openai.apiKey !== undefined && isOwnOrigin(origin, settings);
}

const ownBaseUrl = ({ openai }: LlmSettings): string => openai.baseUrl ?? OPENAI_BASE_URL;

const isOwnOrigin = (origin: string, settings: LlmSettings): boolean =>
  origin === new URL(ownBaseUrl(settings)).origin;

function builtinTarget(): Target {
  try {
    const { baseUrl, apiKey } = builtinModel();
    return { baseUrl, apiKey, organization: null, trusted: true };
  } catch (error) {
    throw isAppError(error) ? new LlmError("connection", error.message) : error;
  }
}
