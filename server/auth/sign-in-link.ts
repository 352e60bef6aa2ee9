import { redeemSignInLink } from "@/server/modules/access";
import { getDb } from "@/server/platform/db";
import { isAppError } from "@/server/platform/errors";
import { ownPath } from "./own-path";
import { sessionCookie } from "./session-cookie";

/**
 * Opens a personal sign-in link: 302 with a session cookie to `?next=` (or the start), once. A used, expired
 * or unknown one leads to the sign-in page, which says so. Browsers that only look ahead use nothing up.
 */
export async function openSignInLink(request: Request, token: string): Promise<Response> {
  if (/prefetch|prerender/i.test(request.headers.get("sec-purpose") ?? request.headers.get("purpose") ?? ""))
    return new Response(null, { status: 503, headers });
  try {
    const session = await redeemSignInLink(getDb(), token);
    const next = ownPath(new URL(request.url).searchParams.get("next"));
    return lead(next, await sessionCookie(session));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return lead(`/sign-in?error=${error.code}`);
  }
}

const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

function lead(location: string, cookie?: string): Response {
  const all = new Headers({ ...headers, location });
  if (cookie) all.set("set-cookie", cookie);
  return new Response(null, { status: 302, headers: all });
}
