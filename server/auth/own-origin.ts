import { env } from "@/server/platform/env";

/**
 * Whether a request was made by a page of ours: its `Origin` is the public address, or the very host it came
 * to. A browser always sends `Origin` with what changes something and with a WebSocket's upgrade.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const { origin: given, host } = new URL(origin);
  return given === new URL(env().url).origin || host === headers.get("host");
}

/** Whether a page of another site made the request. A program sends no `Origin`, and has no cookies to lose. */
export const isForeignOrigin = (headers: Headers): boolean => headers.has("origin") && !isOwnOrigin(headers);
