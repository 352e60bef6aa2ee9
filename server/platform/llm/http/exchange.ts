import { setMaxListeners } from "node:events";
import type { AddressGuard } from "../address/address-guard";
import { LlmError, type RateHint } from "../port";
import type { Target } from "../target";
import { readFailure } from "./read-failure";
import { readRateHint } from "./read-rate-hint";
import type { ParameterNames } from "./refused-parameter";
import { createSendByOpenAi } from "./send-by-openai";
import { type ReceivedResponse, type Send, sendRequest } from "./send-request";

/** One request in a provider's own words. */
export type HttpCall = {
  method: "GET" | "POST" | "DELETE";
  /** Below the target's address: `chat/completions`. */
  path: string;
  /** The key among them. */
  headers: Readonly<Record<string, string>>;
  body?: Readonly<Record<string, unknown>>;
  /** In place of a body of JSON: bytes as they are, and what they are. */
  upload?: { type: string; bytes: Uint8Array };
  /** Milliseconds until the call is given up. */
  timeoutMs: number;
  /** How the provider's refusals name our parameters. */
  names?: ParameterNames;
  /** `openai`: by that client, for OpenAI and whoever speaks like it. */
  client?: "openai";
};

/** The answer's JSON as it came, and what its headers say of limits. */
type Exchanged = { body: unknown; rate: RateHint | null };

/**
 * One request to a provider and its answer.
 * @throws LlmError, or the signal's reason when it was aborted
 */
export type Exchange = (call: HttpCall, target: Target, signal: AbortSignal) => Promise<Exchanged>;

/** @param guard decides about the addresses of targets that are not trusted */
export function createExchange(guard: AddressGuard): Exchange {
  const sendByOpenAi = createSendByOpenAi(guard);
  const sendPlainly = plainly(guard);
  return async (call, target, signal) => {
    const limited = limitTime(signal, call.timeoutMs);
    try {
      const { method, body, timeoutMs } = call;
      const request = {
        url: urlOf(target, call.path),
        timeoutMs,
        headers: headersOf(call),
        ...(body === undefined ? {} : { body }),
        signal: limited.signal,
      };
      // That client is asked for JSON alone.
      const received =
        call.client === "openai" && call.upload === undefined && method !== "DELETE"
          ? await sendByOpenAi({ ...request, method }, target.trusted)
          : await sendPlainly({ ...request, method }, call.upload?.bytes, target.trusted);
      return await readReceived(received, call, target, guard);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (limited.timedOut()) throw new LlmError("timeout", `No answer within ${call.timeoutMs} ms.`);
      throw error instanceof LlmError ? error : new LlmError("connection", connectionProblem(error, target));
    } finally {
      limited.release();
    }
  };
}

/** By Node's own client. */
function plainly(guard: AddressGuard) {
  type Request = Omit<Parameters<Send>[0], "method"> & Pick<HttpCall, "method">;
  return (
    { url, method, headers, body, signal }: Request,
    bytes: Uint8Array | undefined,
    trusted: boolean,
  ): Promise<ReceivedResponse> => {
    const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    return sendRequest(url, { method, headers, body: sent, signal }, trusted ? null : guard);
  };
}

/** The headers of a call, the key among them. */
export const headersOf = ({
  body,
  upload,
  headers,
}: Pick<HttpCall, "body" | "upload" | "headers">): Record<string, string> => ({
  accept: "application/json",
  "user-agent": "tandem",
  ...(body === undefined ? {} : { "content-type": "application/json" }),
  ...(upload === undefined ? {} : { "content-type": upload.type }),
  ...headers,
});

export const urlOf = ({ baseUrl }: Target, path: string) => new URL(`${baseUrl.replace(/\/+$/, "")}/${path}`);

async function readReceived(
  received: ReceivedResponse,
  { names }: HttpCall,
  target: Target,
  guard: AddressGuard,
): Promise<Exchanged> {
  const { status, headers, body } = received;
  if (status >= 300 && status < 400) throw await redirected(status, headers.location, target, guard);
  if (status < 200 || status > 299)
    throw readFailure({ status, headers, body, apiKey: target.apiKey, names });
  try {
    // What is no JSON fails to parse, whatever its header claims.
    return { body: JSON.parse(body), rate: readRateHint(headers, Date.now()) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LlmError("provider_error", "The provider's answer is not JSON.", null, 200);
  }
}

/** A job has one signal for all its calls, so that each takes its listener off again. */
function limitTime(signal: AbortSignal, timeoutMs: number) {
  const controller = new AbortController();
  let late = false;
  const abort = () => controller.abort(signal.reason);
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeoutMs);
  // As many listeners as calls in flight are no leak.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    timedOut: () => late,
    release() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}

export async function redirected(
  status: number,
  location: string | undefined,
  target: Target,
  guard: AddressGuard,
): Promise<LlmError> {
  if (location && URL.canParse(location, target.baseUrl)) {
    const refused = await guard.resolve(new URL(location, target.baseUrl)).then(
      () => null,
      (error: unknown) => (error instanceof LlmError ? error : null),
    );
    if (refused) return refused;
  }
  return new LlmError(
    "bad_request",
    "The provider redirects to another address, which is not followed. Give the agent that address itself.",
    null,
    status,
  );
}

export function connectionProblem(cause: unknown, { baseUrl }: Target): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const { host } = new URL(baseUrl);
  const known: Record<string, string> = {
    ECONNREFUSED: `Nothing answers at ${host}.`,
    ENOTFOUND: `${host} is not a known name.`,
    EAI_AGAIN: `The name ${host} could not be resolved.`,
    ECONNRESET: `${host} closed the connection before it answered.`,
  };
  return known[code] ?? `The connection to ${host} failed${code ? ` (${code})` : ""}.`;
}
