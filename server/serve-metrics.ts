import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import type { RequestHandler } from "./http-server";
import { pathOf } from "./measure-request";
import { PEER_HEADER } from "./platform/client-address";
import { equalInConstantTime } from "./platform/crypto";
import { metricsRegistry } from "./platform/metrics";

/** Set by proxies on what they pass on: such a request may come from anywhere. */
const FORWARDED = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Answers `/api/metrics` with what this process has counted, in Prometheus's text format; all else goes to `other`. It
 * stands before the pages, which add headers of forwarding themselves.
 * @param token what a reader must send as `Authorization: Bearer`; without one, only programs of this machine may read
 */
export function withMetrics(other: RequestHandler, token: string | undefined): RequestHandler {
  return (request, response) => {
    if (pathOf(request.url ?? "") !== "/api/metrics") return other(request, response);
    return request.method === "GET" && mayRead(request, token)
      ? sendMetrics(response)
      : sendNothing(response);
  };
}

function mayRead({ headers }: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) {
    const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
    return given !== undefined && equalInConstantTime(given, token);
  }
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const peer = headers[PEER_HEADER];
  // By its name too: a page of another site may be led here by its own DNS.
  return typeof peer === "string" && isLoopback(peer) && isOwnName(headers.host ?? "");
}

const isLoopback = (address: string): boolean =>
  isIP(address) === 4 ? address.startsWith("127.") : address === "::1";

function isOwnName(host: string): boolean {
  const name = URL.canParse(`http://${host}`)
    ? new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "")
    : "";
  return name === "localhost" || isLoopback(name);
}

async function sendMetrics(response: ServerResponse): Promise<void> {
  const registry = metricsRegistry();
  const text = await registry.metrics();
  response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" });
  response.end(text);
}

/** As at any address that is none: whoever may not read is not told that there is something. */
function sendNothing(response: ServerResponse): void {
  const detail = "There is nothing at this address.";
  const problem = { type: "about:blank", title: "not_found", status: 404, code: "not_found", detail };
  response.writeHead(404, { "content-type": "application/problem+json", "cache-control": "no-store" });
  response.end(JSON.stringify(problem));
}
