import type { Account } from "@/contracts/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { Actor } from "../actor";

/** For how long after coming in by a sign-in link a password may be set without the old one. */
const RESET_MINUTES = 60;

/** The caller's own account. */
export async function getAccount(db: Db, actor: Actor): Promise<Account> {
  const user = await db.user.findUnique({ where: { id: actor.userId }, include: { accounts: true } });
  if (!user) throw new AppError("unauthenticated", "This account no longer exists.");
  const { id, name, email, instanceRole, passwordHash, accounts } = user;
  return {
    id,
    name,
    email,
    instanceRole,
    hasPassword: passwordHash !== null,
    mayResetPassword: await cameByLink(db, actor),
    linked: accounts.map(({ provider }) => provider),
  };
}

/** Whether this browser came by a personal sign-in link within the hour. */
export async function cameByLink(db: Db, { sessionId, userId }: Actor): Promise<boolean> {
  if (!sessionId) return false;
  const createdAt = { gt: new Date(Date.now() - RESET_MINUTES * 60_000) };
  return (await db.authSession.count({ where: { id: sessionId, userId, method: "link", createdAt } })) === 1;
}
