import { type Actor, verifyAccessToken } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { isOwnOrigin } from "./own-origin";
import { actorOfCookie } from "./session-cookie";

export type UpgradeIdentity =
  | { actor: Actor; by: "token" | "cookie" }
  /** `foreign-origin`: a cookie came, but from a page that is not ours. */
  | { actor: null; why: "none" | "bad-token" | "foreign-origin" };

/**
 * Who opens a WebSocket: a program by `Authorization: Bearer`, or a page of ours by its session cookie.
 * (A ticket in the address is the live server's own affair.)
 */
export async function authenticateUpgrade(db: Db, headers: Headers): Promise<UpgradeIdentity> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = /^Bearer +([^\s]{1,300})$/i.exec(authorization)?.[1];
    const actor = token ? await verifyAccessToken(db, token) : null;
    return actor ? { actor, by: "token" } : { actor: null, why: "bad-token" };
  }
  const actor = await actorOfCookie(db, headers);
  if (!actor) return { actor: null, why: "none" };
  return isOwnOrigin(headers) ? { actor, by: "cookie" } : { actor: null, why: "foreign-origin" };
}
