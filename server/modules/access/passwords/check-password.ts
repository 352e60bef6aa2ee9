import { hashPassword, verifyPassword } from "@/server/platform/crypto";
import { type Db, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { processWide } from "@/server/platform/process-wide";
import type { Actor } from "../actor";
import { inTurn } from "./in-turn";
import { type Attempt, addressHash, forgetEndedTries, reserveTry } from "./throttle";

/** Compared when there is no such account, so that an answer takes as long as for one that exists. */
const strangerHash = () => processWide("strangerHash", () => hashPassword("nobody has this password"));

/**
 * The person with this e-mail address and password. Unknown addresses, accounts without a password and
 * disabled ones are refused with the same words and after the same work as a wrong password.
 * @throws AppError `invalid_credentials` (401), `rate_limited` (429)
 */
export async function checkPassword(
  db: Db,
  { password, ...given }: Attempt & { password: string },
): Promise<Actor> {
  const attempt = { ...given, email: given.email.trim().toLowerCase() };
  // In turn, since a try is counted until it proves right: many right ones at once must not refuse each other.
  return inTurn(`${attempt.email}\0${attempt.address}`, async () => {
    const giveBack = await reserveTry(db, attempt);
    const user = await db.user.findFirst({
      where: { email: attempt.email, disabledAt: null },
      select: { id: true, name: true, instanceRole: true, passwordHash: true },
    });
    const isRight = await verifyPassword(password, user?.passwordHash ?? (await strangerHash()));
    if (!user?.passwordHash || !isRight) {
      await forgetEndedTries(db);
      throw new AppError("invalid_credentials", "The e-mail address or the password is wrong.", {
        status: 401,
      });
    }
    await giveBack();
    await rememberAddress(db, user.id, attempt.address);
    return { userId: user.id, name: user.name, instanceRole: user.instanceRole };
  });
}

async function rememberAddress(db: Db, userId: string, address: string | null): Promise<void> {
  await sqlRun(
    db,
    `insert into "SignInAddress" ("userId", "addressHash") values ($1::uuid, $2)
     on conflict ("userId", "addressHash") do update set "lastAt" = now()`,
    [userId, addressHash(address)],
  );
}
