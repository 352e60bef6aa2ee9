import { env } from "./env";

/** Set by our own HTTP server on every request, over whatever the client sent: the address of the socket. */
export const PEER_HEADER = "x-tandem-peer";

/**
 * The client's address: the socket's, or what trusted proxies (`TANDEM_TRUST_PROXY`) say in
 * `X-Forwarded-For`, read from the right up to the first address that is no proxy of ours.
 */
export function clientAddress(headers: Headers): string | null {
  const peer = headers.get(PEER_HEADER);
  const trusted = new Set(env().trustProxy);
  if (!peer || !trusted.has(peer)) return peer;
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  return forwarded.reverse().find((address) => address !== "" && !trusted.has(address)) ?? peer;
}
