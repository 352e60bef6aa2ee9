import { hashToken, isWellFormedToken } from "@/server/platform/crypto";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { SIGN_IN_LINK } from "../tokens/token-prefixes";
import { createSession, type NewSession } from "./create-session";

/**
 * Signs a person in by a personal link, once. One statement with its precondition, so that of two browsers
 * that open it at the same time one gets in.
 * @throws AppError `link_used`, `link_expired` (410), `link_unknown` (404)
 */
export async function redeemSignInLink(db: Db, token: string): Promise<NewSession> {
  if (!isWellFormedToken(token, SIGN_IN_LINK)) throw unknownLink();
  const tokenHash = hashToken(token);
  return inTransaction(db, async (tx) => {
    const [used] = await sqlRows<{ userId: string }>(
      tx,
      `update "SignInLink" l set "usedAt" = now() from "User" u
       where l."tokenHash" = $1 and l."usedAt" is null and l."expiresAt" > now()
         and u."id" = l."userId" and u."disabledAt" is null
       returning l."userId"`,
      [tokenHash],
    );
    if (used) return createSession(tx, used.userId, "link");
    const link = await tx.signInLink.findUnique({ where: { tokenHash }, select: { usedAt: true } });
    if (!link) throw unknownLink();
    throw link.usedAt
      ? new AppError("link_used", "This sign-in link has been used. Each works once.", { status: 410 })
      : new AppError("link_expired", "This sign-in link has expired. Ask for a new one.", { status: 410 });
  });
}

const unknownLink = (): AppError =>
  new AppError("link_unknown", "There is no such sign-in link. Check that it is complete.", { status: 404 });
