import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

/** How long a browser stays signed in. A guest has no password to come back with, so it is long. */
export const SESSION_SECONDS = 90 * 24 * 3600;

export type SessionMethod = "password" | "invite" | "link" | "setup" | "github" | "google" | "oidc";
export type NewSession = { id: string; userId: string; expiresAt: Date };

/** Starts a browser session; the cookie carries its id and is worth nothing once the row is revoked. */
export async function createSession(db: Db, userId: string, method: SessionMethod): Promise<NewSession> {
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
  const id = newId();
  await db.authSession.create({ data: { id, userId, method, expiresAt } });
  return { id, userId, expiresAt };
}
