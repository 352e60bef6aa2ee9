import type { z } from "zod";
import type { setPasswordInput } from "@/contracts/access";
import { hashPassword } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { announceEverywhere } from "../access-topic";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { checkPassword } from "../passwords/check-password";
import { freeEmail, requireStrongPassword } from "./credentials";
import { cameByLink } from "./get-account";

/**
 * Gives the caller's account a password, and an e-mail address when it has none: a guest keeps identity,
 * labels and memberships. Who has a password proves it, or came by a personal sign-in link just now, which
 * spares it once. Every other browser of theirs is signed out.
 * @throws AppError `invalid`, `weak_password`, `email_taken`, `invalid_credentials`, `rate_limited`
 */
export async function setPassword(
  db: Db,
  actor: Actor,
  { email, password, currentPassword }: z.infer<typeof setPasswordInput>,
): Promise<void> {
  const { userId, address = null } = actor;
  const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
  const newEmail = email ?? user.email;
  if (newEmail === null) throw missing("email", "An e-mail address is needed to sign in with.");
  const isReset = user.passwordHash !== null && (await cameByLink(db, actor));
  if (user.passwordHash !== null && !isReset) {
    if (currentPassword === undefined) throw presentMissing();
    await proveCurrent(db, { email: user.email ?? newEmail, password: currentPassword, address });
  }
  await requireStrongPassword(password, [user.name, newEmail]);
  const passwordHash = await hashPassword(password);
  await inTransaction(db, async (tx) => {
    if (!(await useUpLink(tx, actor)) && isReset) throw presentMissing();
    await freeEmail(tx, newEmail, userId);
    await tx.user.update({ where: { id: userId }, data: { email: newEmail, passwordHash } });
    await tx.authSession.updateMany({
      where: { userId, revokedAt: null, ...(actor.sessionId ? { id: { not: actor.sessionId } } : {}) },
      data: { revokedAt: new Date() },
    });
    await recordAudit(tx, {
      projectId: null,
      actorId: userId,
      action: "account.password_set",
      target: userId,
      address,
    });
    await announceEverywhere(tx, userId);
  });
}

/** From here on the browser is as one signed in by password. */
async function useUpLink(tx: Db, { userId, sessionId }: Actor): Promise<boolean> {
  if (!sessionId) return false;
  const { count } = await tx.authSession.updateMany({
    where: { id: sessionId, userId, method: "link" },
    data: { method: "password" },
  });
  return count === 1;
}

const presentMissing = (): AppError => missing("currentPassword", "Enter your present password.");

const missing = (path: string, message: string): AppError =>
  new AppError("invalid", message, { errors: [{ path, message }] });

async function proveCurrent(
  db: Db,
  attempt: { email: string; password: string; address: string | null },
): Promise<void> {
  try {
    await checkPassword(db, attempt);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_credentials")
      throw new AppError("invalid_credentials", "The present password is wrong.", {
        status: 422,
        errors: [{ path: "currentPassword", message: "is wrong" }],
      });
    throw error;
  }
}
