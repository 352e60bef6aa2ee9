import { MIN_PASSWORD_SCORE, passwordStrength } from "@/contracts/password-strength";
import { type Db, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** @throws AppError `weak_password` with what would make it better */
export async function requireStrongPassword(password: string, personal: string[]): Promise<void> {
  const { score, advice } = await passwordStrength(password, personal);
  if (score < MIN_PASSWORD_SCORE)
    throw new AppError("weak_password", `This password is easy to guess. ${advice}`, {
      errors: [{ path: "password", message: advice }],
    });
}

/**
 * Makes sure that an e-mail address is nobody else's, until the transaction ends: of two who take it at once
 * the second waits and is told.
 * @throws AppError `email_taken` (409)
 */
export async function freeEmail(db: Db, email: string | null, ownerId: string | null): Promise<void> {
  if (email === null) return;
  await sqlRun(db, "select pg_advisory_xact_lock(hashtextextended($1, 0))", [`e-mail ${email}`]);
  const taken = await db.user.findUnique({ where: { email }, select: { id: true } });
  if (taken && taken.id !== ownerId)
    throw new AppError(
      "email_taken",
      "Somebody here has this e-mail address already. If it is you, sign in and then open the link again.",
      { status: 409, errors: [{ path: "email", message: "is taken" }] },
    );
}
