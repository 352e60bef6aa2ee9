import { LlmError, type LlmErrorKind } from "../port";
import { type Headers, headerOf } from "./headers";
import { readRateHint } from "./read-rate-hint";
import { type ParameterNames, refusedParameter } from "./refused-parameter";

/** A provider's answer that is no completion. */
export type Failure = {
  status: number;
  headers: Headers;
  body: string;
  /** The key that was sent: providers repeat it, and it must not be shown. */
  apiKey: string | null;
  names?: ParameterNames | undefined;
};

const LONGEST_MESSAGE = 500;
/** Of what a provider says, so much is looked at: to find keys in a text takes the square of its length. */
const LOOKED_AT = 4000;
const NO_SUCH_MODEL =
  /^(?:model_not_found|invalid_model|model_not_available|unsupported_model|DeploymentNotFound)$/i;
const NO_CREDIT =
  /^(?:insufficient_quota|billing_hard_limit_reached|billing_not_active|insufficient_credits|billing_error)$/i;
const SAYS_NO_CREDIT = /\bcredit balance is too low\b/i;
/** Google answers 400 to a wrong key. */
const WRONG_KEY = /^(?:API_KEY_INVALID|API_KEY_EXPIRED)$/;
const NAMES_A_MODEL = /\bmodels?\b/i;

/** Turns a provider's refusal into the error whose kind says what to do about it. */
export function readFailure({ status, headers, body, apiKey, names = {} }: Failure): LlmError {
  const said = readBody(body);
  const parameter = refusedParameter(names, { status, ...said });
  const kind = kindOf(status, said, parameter);
  const shown = hideKeys(beginningOf(said.message), apiKey).slice(0, LONGEST_MESSAGE).trim();
  return new LlmError(
    kind,
    shown === "" ? `The provider answered ${status}.` : `The provider answered ${status}: ${shown}`,
    retryAfter(headers) ?? said.retryMs,
    status,
    { parameter, rate: readRateHint(headers, Date.now()) },
  );
}

function kindOf(status: number, { codes, message }: Said, parameter: string | null): LlmErrorKind {
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (has(NO_SUCH_MODEL)) return "model_refused";
  if (status === 402 || has(NO_CREDIT) || SAYS_NO_CREDIT.test(message)) return "out_of_credit";
  if (status === 401 || has(WRONG_KEY)) return "auth";
  if (status === 403) return parameter === null ? "auth" : "bad_request";
  if (status === 404) return NAMES_A_MODEL.test(message) ? "model_refused" : "bad_request";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limited";
  return status === 409 || status >= 500 ? "provider_error" : "bad_request";
}

type Said = {
  /** Everything that names the error for programs. */
  codes: string[];
  /** The field at fault, by the provider's word; "" when it names none. */
  field: string;
  message: string;
  /** Milliseconds to wait, where the body says so. */
  retryMs: number | null;
};

/** OpenAI wraps the error in `error`, vLLM does not, Google adds `details`, others answer a bare string. */
function readBody(body: string): Said {
  const parsed = parseJson(body);
  const error = isObject(parsed) && "error" in parsed ? parsed.error : parsed;
  if (typeof error === "string") return { codes: [], field: "", message: error, retryMs: null };
  if (!isObject(error))
    return { codes: [], field: "", message: body.startsWith("<") ? "" : body, retryMs: null };
  const details = Array.isArray(error.details) ? error.details.filter(isObject) : [];
  const codes = [error.code, error.type, error.status, ...details.map(({ reason }) => reason)];
  const message = error.message ?? error.detail;
  return {
    codes: codes.filter((code) => typeof code === "string"),
    field: typeof error.param === "string" ? error.param : "",
    message: typeof message === "string" ? message : JSON.stringify(message ?? ""),
    retryMs: details.map(({ retryDelay }) => secondsOf(retryDelay)).find((wait) => wait !== null) ?? null,
  };
}

/** `27s` of google.rpc.RetryInfo, in milliseconds. */
function secondsOf(delay: unknown): number | null {
  const seconds = typeof delay === "string" ? /^([\d.]+)s$/.exec(delay)?.[1] : undefined;
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1000);
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
  return hidden.replace(/\bsk-[\w*.-]{4,}|\bAIza[\w-]{10,}|\bBearer \S+|[\w-]*\*{3,}[\w*-]*/gi, "…");
}

/** Milliseconds to wait by `retry-after-ms`, or by `Retry-After` in seconds or as a date. */
function retryAfter(headers: Headers): number | null {
  const milliseconds = Number.parseFloat(headerOf(headers, "retry-after-ms"));
  if (milliseconds >= 0) return Math.ceil(milliseconds);
  const after = headerOf(headers, "retry-after");
  const seconds = Number.parseFloat(after);
  if (/^\s*[\d.]+\s*$/.test(after) && seconds >= 0) return Math.ceil(seconds * 1000);
  const date = Date.parse(after);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
