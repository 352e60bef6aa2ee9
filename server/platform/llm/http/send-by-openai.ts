import OpenAI, { APIConnectionError } from "openai";
import type { AddressGuard } from "../address/address-guard";
import { LlmError } from "../port";
import { type ReceivedResponse, type Send, sendRequest } from "./send-request";

/**
 * Sends requests by the `openai` client: at OpenAI, and at whoever speaks like it, the call is that client's own in
 * form and headers. Its retries and its address are switched off, since those of a job are ours; the socket is opened
 * by {@link sendRequest}, so that the guard checks what it connects to.
 */
export function createSendByOpenAi(guard: AddressGuard): Send {
  const guarded = createClient(guard);
  const trusting = createClient(null);
  return async ({ url, method, headers, body, timeoutMs, signal }, trusted) => {
    const client = trusted ? trusting : guarded;
    const options = { headers: { ...headers, ...noKeyOfTheClient(headers) }, timeout: timeoutMs, signal };
    try {
      const call =
        method === "GET" ? client.get(url.href, options) : client.post(url.href, { ...options, body });
      const response = await call.asResponse();
      if (response instanceof Answered) return response.received;
      throw new Error("The client answered by itself.");
    } catch (error) {
      const cause = error instanceof APIConnectionError ? error.cause : error;
      if (cause instanceof Refused) return cause.received;
      throw cause instanceof Error ? cause : new LlmError("connection", "The call could not be made.");
    }
  };
}

/** Where no key is sent the client must not send the one that it was made with. */
const noKeyOfTheClient = (headers: Readonly<Record<string, string>>) =>
  "authorization" in headers ? {} : { authorization: null };

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
      if (received.status < 200 || received.status > 299) throw new Refused(received);
      return new Answered(received);
    },
  });
}

/**
 * Carries an answer through the client, which is asked for its status alone: to make a stream of the body and to read
 * it again takes a tenth of a call.
 */
class Answered extends Response {
  constructor(readonly received: ReceivedResponse) {
    super(null, { status: received.status });
  }
}

/** Carries what is no answer through the client, which would keep only parts of it. */
class Refused extends Error {
  constructor(readonly received: ReceivedResponse) {
    super(`status ${received.status}`);
  }
}
