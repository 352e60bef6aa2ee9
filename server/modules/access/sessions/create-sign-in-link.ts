import { hashToken, newToken } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { SIGN_IN_LINK } from "../tokens/token-prefixes";

const LINK_HOURS = 24;

export type SignInLink = { id: string; token: string; expiresAt: Date };

/**
 * Makes a link that signs one person in once, for 24 hours; its page is `/sign-in/<token>`. Only the hash is
 * kept.
 * @param createdById the administrator who hands it out; null for the server itself
 */
export async function createSignInLink(
  db: Db,
  { userId, createdById = null }: { userId: string; createdById?: string | null },
): Promise<SignInLink> {
  const token = newToken(SIGN_IN_LINK);
  const id = newId();
  const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000);
  await db.signInLink.create({ data: { id, userId, createdById, tokenHash: hashToken(token), expiresAt } });
  return { id, token, expiresAt };
}
