import { setMaxListeners } from "node:events";
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError } from "openai";
import type { AddressGuard } from "../address/address-guard";
import { LlmError } from "../port";
import type { Target } from "../target";
import { readFailure } from "./read-failure";
import { type ReceivedResponse, sendRequest } from "./send-request";

export type Call = {
  /** Below the target's address: `chat/completions`. */
  path: string;
  body: Record<string, unknown>;
  /** Milliseconds until the call is given up. */
  timeoutMs: number;
};

/**
 * One POST to a provider that speaks OpenAI's way; the answer is the JSON as it came.
 * @throws LlmError, or the signal's reason when it was aborted
 */
export type PostToProvider = (call: Call, target: Target, signal: AbortSignal) => Promise<unknown>;

/** @param guard decides about the addresses of targets that are not trusted */
export function createPost(guard: AddressGuard): PostToProvider {
  const guarded = createClient(guard);
  const trusting = createClient(null);
  return async ({ path, body, timeoutMs }, target, signal) => {
    const client = target.trusted ? trusting : guarded;
    const call = followSignal(signal);
    try {
      return await client.post(`${target.baseUrl.replace(/\/+$/, "")}/${path}`, {
        body,
        headers: headersOf(target),
        timeout: timeoutMs,
        signal: call.signal,
      });
    } catch (error) {
      throw signal.aborted ? signal.reason : await explain(error, timeoutMs, target, guard);
    } finally {
      call.release();
    }
  };
}

/** The client never takes its listener off a signal, and a job has one signal for all its calls. */
function followSignal(signal: AbortSignal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  // As many listeners as calls in flight are no leak.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", abort, { once: true });
  return { signal: controller.signal, release: () => signal.removeEventListener("abort", abort) };
}

/** One client for every address and key: both come with the call, so that no client keeps a key. */
function createClient(guard: AddressGuard | null): OpenAI {
  return new OpenAI({
    apiKey: "comes with each call",
    baseURL: "https://comes-with-each-call.invalid",
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: "off",
    fetch: async (input, init) => {
      const received = await sendRequest(
        new URL(input instanceof Request ? input.url : input),
        {
          method: init?.method ?? "GET",
          headers: Object.fromEntries(
            init?.headers instanceof Headers ? init.headers : new Headers(init?.headers),
          ),
          body: typeof init?.body === "string" ? init.body : undefined,
          signal: init?.signal ?? undefined,
        },
        guard,
      );
      if (received.status < 200 || received.status > 299) throw new Refusal(received);
      // The type is ours to state: what is no JSON fails to parse, whatever its header claims.
      return new Response(received.body, { headers: { "content-type": "application/json" } });
    },
  });
}

function headersOf({ apiKey, organization }: Target): Record<string, string | null> {
  return {
    authorization: apiKey === null ? null : `Bearer ${apiKey}`,
    "openai-organization": organization,
  };
}

/** Carries the answer through the client, which would keep only parts of it. */
class Refusal extends Error {
  constructor(readonly received: ReceivedResponse) {
    super(`status ${received.status}`);
  }
}

async function explain(
  error: unknown,
  timeoutMs: number,
  target: Target,
  guard: AddressGuard,
): Promise<unknown> {
  if (error instanceof LlmError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new LlmError("timeout", `No answer within ${timeoutMs} ms.`);
  if (error instanceof APIUserAbortError || !(error instanceof Error)) return error;
  if (error instanceof SyntaxError)
    return new LlmError("provider_error", "The provider's answer is not JSON.", null, 200);
  const cause = error instanceof APIConnectionError ? error.cause : error;
  if (cause instanceof LlmError) return cause;
  if (!(cause instanceof Refusal)) return new LlmError("connection", connectionProblem(cause, target));
  const { status, headers } = cause.received;
  if (status >= 300 && status < 400) return redirected(status, headers.location, target, guard);
  return readFailure({ ...cause.received, apiKey: target.apiKey });
}

async function redirected(
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

function connectionProblem(cause: unknown, { baseUrl }: Target): string {
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
