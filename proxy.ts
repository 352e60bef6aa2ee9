import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/server/auth/content-security-policy";
import { signInPath } from "@/server/auth/own-path";
import { sessionCookieName } from "@/server/auth/session-cookie-name";

/** Pages for people who are not signed in. */
const isOpen = (path: string): boolean =>
  path === "/" || /^\/(?:sign-in|sign-up|setup|join|api)(?:\/|$)/.test(path);

/**
 * Before every page: a nonce for its scripts, and a look whether a session cookie came at all. Whether the
 * session is live is proved where data is read.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!isOpen(pathname) && !hasSession(request))
    return NextResponse.redirect(new URL(signInPath(pathname + search), request.url));
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-tandem-path", pathname + search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** A long cookie comes in pieces named `<name>.0`, `<name>.1`, … */
const hasSession = ({ cookies }: NextRequest): boolean => {
  const name = sessionCookieName();
  return cookies.has(name) || cookies.has(`${name}.0`);
};

export const config = {
  // Not the API, since request bodies would be held in memory here; its page for readers is a page.
  matcher: "/((?!api/(?!docs)|_next/|icon\\.svg|favicon\\.ico).*)",
};
