import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const CHECKSUM_LENGTH = 6;

/**
 * A random secret a person or program carries, `<prefix>_<43 characters><6 of checksum>` with 256 random
 * bits. The checksum lets a typo or a cut-off paste be refused without a look at the database.
 */
export function newToken(prefix: string): string {
  const body = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return body + checksum(body);
}

/** Whether `token` has this prefix and its checksum fits; says nothing about whether it is known. */
export function isWellFormedToken(token: string, prefix: string): boolean {
  if (!token.startsWith(`${prefix}_`) || token.length !== prefix.length + 1 + 43 + CHECKSUM_LENGTH)
    return false;
  return checksum(token.slice(0, -CHECKSUM_LENGTH)) === token.slice(-CHECKSUM_LENGTH);
}

/** What is stored of a token: SHA-256, hex. Tokens are random, so a slow hash would add nothing. */
export function hashToken(token: string): string {
  return sha256(token);
}

/** SHA-256 of a text (UTF-8) or bytes, hex. */
export function sha256(input: string | Uint8Array): string {
  return createHash("sha256").update(input).digest("hex");
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function checksum(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, CHECKSUM_LENGTH);
}
