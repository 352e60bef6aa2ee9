import { encode, getToken } from "next-auth/jwt";
import { z } from "zod";
import { type Actor, findSessionActor, type NewSession, SESSION_SECONDS } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { authSecret } from "@/server/platform/env";
import { isSecure, sessionCookieName } from "./session-cookie-name";

/** What the cookie says: whose session (`sub`) and which row (`sid`). */
export const sessionClaims = z.object({ sub: z.uuid(), sid: z.uuid() });

/** The value of the cookie that next-auth itself would set for this session. */
export function encodeSession({ id, userId }: Pick<NewSession, "id" | "userId">): Promise<string> {
  return encode({
    token: { sub: userId, sid: id },
    secret: authSecret(),
    salt: sessionCookieName(),
    maxAge: SESSION_SECONDS,
  });
}

/** A `Set-Cookie` line that signs a browser in without a round through next-auth: joining, a sign-in link. */
export async function sessionCookie(session: NewSession): Promise<string> {
  const value = await encodeSession(session);
  const secure = isSecure() ? "; Secure" : "";
  return `${sessionCookieName()}=${value}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * The person whose session cookie came with a request, or null. The signature alone is not enough: the
 * session's row must be live.
 */
export async function actorOfCookie(db: Db, headers: Headers): Promise<Actor | null> {
  const cookie = headers.get("cookie");
  if (!cookie) return null;
  // Only the cookie is handed over, since getToken would take a session from `Authorization` too.
  const token = await getToken({
    req: { headers: { cookie } },
    secret: authSecret(),
    secureCookie: isSecure(),
  });
  const session = sessionClaims.safeParse(token).data;
  return session ? findSessionActor(db, { sessionId: session.sid, userId: session.sub }) : null;
}
