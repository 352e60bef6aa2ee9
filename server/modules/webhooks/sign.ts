import { createHmac } from "node:crypto";

/**
 * The headers by which a receiver knows that a message is ours and new: HMAC-SHA256, hex, by the webhook's secret over
 * the time, a full stop, and the body as it is sent.
 * @param at seconds since 1970, when this try is sent
 */
export function signedHeaders({
  secret,
  body,
  at,
}: {
  secret: string;
  body: string;
  at: number;
}): Record<string, string> {
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  return { "tandem-timestamp": String(at), "tandem-signature": `v1=${signature}` };
}
