import { encodeSession } from "@/server/auth/session-cookie";
import { sessionCookieName } from "@/server/auth/session-cookie-name";
import { createSession } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";

export type TestCookie = { name: string; value: string };

/**
 * Signs somebody in without a page: inserts a session and makes the cookie that belongs to it, for
 * Playwright's `addCookies` or a `cookie` header (see {@link cookieHeader}). This process must have the
 * server's `AUTH_SECRET` and `TANDEM_URL`.
 */
export async function signInAs(db: Db, userId: string): Promise<TestCookie> {
  const session = await createSession(db, userId, "password");
  return { name: sessionCookieName(), value: await encodeSession(session) };
}

export const cookieHeader = ({ name, value }: TestCookie): string => `${name}=${value}`;
