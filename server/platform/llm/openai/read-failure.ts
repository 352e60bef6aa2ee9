import { LlmError, type LlmErrorKind } from "../port";

/** A provider's answer that is no completion. */
export type Failure = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** The key that was sent: providers repeat it, and it must not be shown. */
  apiKey: string | null;
};

const LONGEST_MESSAGE = 500;
/** Of what a provider says, so much is looked at: to find keys in a text takes the square of its length. */
const LOOKED_AT = 4000;
const NO_SUCH_MODEL =
  /^(?:model_not_found|invalid_model|model_not_available|unsupported_model|DeploymentNotFound)$/i;
const NO_CREDIT =
  /^(?:insufficient_quota|billing_hard_limit_reached|billing_not_active|insufficient_credits)$/i;
const NAMES_A_MODEL = /\bmodel\b/i;

/** Turns a provider's refusal into the error whose kind says what to do about it. */
export function readFailure({ status, headers, body, apiKey }: Failure): LlmError {
  const { code, message } = readBody(body);
  const kind = kindOf(status, code, message);
  const said = hideKeys(beginningOf(message), apiKey).slice(0, LONGEST_MESSAGE).trim();
  return new LlmError(
    kind,
    said === "" ? `The provider answered ${status}.` : `The provider answered ${status}: ${said}`,
    retryAfter(headers),
    status,
  );
}

function kindOf(status: number, code: string, message: string): LlmErrorKind {
  if (NO_SUCH_MODEL.test(code)) return "model_refused";
  if (status === 402 || NO_CREDIT.test(code)) return "out_of_credit";
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return NAMES_A_MODEL.test(message) ? "model_refused" : "bad_request";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limited";
  return status === 409 || status >= 500 ? "provider_error" : "bad_request";
}

/** OpenAI wraps the error in `error`, vLLM does not, others answer a bare string. */
function readBody(body: string): { code: string; message: string } {
  const parsed = parseJson(body);
  const error = isObject(parsed) && "error" in parsed ? parsed.error : parsed;
  if (typeof error === "string") return { code: "", message: error };
  if (!isObject(error)) return { code: "", message: body.startsWith("<") ? "" : body };
  const code = error.code ?? error.type;
  const message = error.message ?? error.detail;
  return {
    code: typeof code === "string" ? code : "",
    message: typeof message === "string" ? message : JSON.stringify(message ?? ""),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A gateway's page, not the provider's own answer.
    return null;
  }
}

/** Ends before a word, so that no part of a key is left where it can't be told for one. */
const beginningOf = (message: string): string =>
  message.length <= LOOKED_AT ? message : message.slice(0, LOOKED_AT).replace(/\S*$/, "");

function hideKeys(message: string, apiKey: string | null): string {
  const hidden = apiKey ? message.replaceAll(apiKey, "…") : message;
  return hidden.replace(/\bsk-[\w*.-]{4,}|\bBearer \S+|[\w-]*\*{3,}[\w*-]*/gi, "…");
}

/** Milliseconds to wait by `retry-after-ms`, or by `Retry-After` in seconds or as a date. */
function retryAfter(headers: Failure["headers"]): number | null {
  const milliseconds = Number.parseFloat(headerOf(headers, "retry-after-ms"));
  if (milliseconds >= 0) return Math.ceil(milliseconds);
  const after = headerOf(headers, "retry-after");
  const seconds = Number.parseFloat(after);
  if (/^\s*[\d.]+\s*$/.test(after) && seconds >= 0) return Math.ceil(seconds * 1000);
  const date = Date.parse(after);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

const headerOf = (headers: Failure["headers"], name: string) => [headers[name] ?? ""].flat()[0] ?? "";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
