import http from "node:http";
import https from "node:https";
import type { AddressGuard } from "../address/address-guard";
import { LlmError } from "../port";

export type SentRequest = {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | undefined;
  signal: AbortSignal | undefined;
};
export type ReceivedResponse = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** One request on its way, and what came back whatever its status. @param trusted the address needs no check */
export type Send = (
  request: {
    url: URL;
    method: "GET" | "POST";
    headers: Readonly<Record<string, string>>;
    body?: Readonly<Record<string, unknown>>;
    /** Milliseconds; the signal ends the call too. */
    timeoutMs: number;
    signal: AbortSignal;
  },
  trusted: boolean,
) => Promise<ReceivedResponse>;

/** A completion is some kilobytes; whoever sends more is no model. */
const LARGEST_ANSWER = 32 * 1024 * 1024;
/** Below the 5 s after which many servers close an idle connection, so that none is used as it closes. */
const IDLE_MS = 4_000;

const agents = {
  "http:": new http.Agent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 }),
  "https:": new https.Agent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 }),
};

/**
 * Sends one request over a connection that is kept for the next. Redirects are not followed. Node's own client, since
 * global fetch offers no check of the address that a socket connects to.
 * @param guard checks the address before the name is looked up and when the socket connects; null: not at all
 * @returns the answer when its headers are there
 */
export function openResponse(
  url: URL,
  { method, headers, body, signal }: SentRequest,
  guard: AddressGuard | null,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === "https:";
    guard?.requirePermittedLiteral(url);
    const request = (secure ? https : http).request(url, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
      agent: agents[secure ? "https:" : "http:"],
      ...(guard ? { lookup: guard.lookupFor(url) } : {}),
      ...(signal ? { signal } : {}),
    });
    request.on("error", reject);
    request.on("response", resolve);
    request.end(body);
  });
}

/** Sends one request as {@link openResponse} and reads the whole answer. */
export async function sendRequest(
  url: URL,
  request: SentRequest,
  guard: AddressGuard | null,
): Promise<ReceivedResponse> {
  return readWhole(await openResponse(url, request, guard));
}

/** The whole of an answer that has begun. */
export function readWhole(response: http.IncomingMessage): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LARGEST_ANSWER) chunks.push(chunk);
      else response.destroy(new LlmError("provider_error", "The provider's answer is larger than 32 MB."));
    });
    response.on("error", reject);
    response.on("end", () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      }),
    );
  });
}
