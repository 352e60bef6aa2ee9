import type { z } from "zod";
import type { createTokenInput } from "@/contracts/access";
import type { Scope } from "@/contracts/roles";
import { hashToken, newToken } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { checkPassword } from "../passwords/check-password";
import { proveMembership } from "../prove-membership";
import { ACCESS_TOKEN } from "./token-prefixes";

/** How much of a token is kept readable, so that a person can tell theirs apart. */
const SHOWN = ACCESS_TOKEN.length + 1 + 6;
const DAY = 24 * 3_600_000;

export type CreatedToken = { id: string; token: string; expiresAt: string };
type Input = z.infer<typeof createTokenInput>;

/**
 * Makes an access token for a program: of whoever asks, or of whoever's e-mail address and password are sent.
 * Made with another token it reaches no further and lives no longer than that one.
 * @throws AppError `invalid_credentials`, `rate_limited`, `unauthenticated`, `forbidden`
 */
export async function createAccessToken(
  db: Db,
  { actor, address }: { actor: Actor | null; address: string | null },
  input: Input,
): Promise<CreatedToken> {
  const owner = await ownerOf(db, actor, address, input);
  const projectId = await projectOf(db, owner, input.project);
  const scopes = scopesWithin(owner, input.scopes);
  const wanted = new Date(Date.now() + input.expiresInDays * DAY);
  return inTransaction(db, async (tx) => {
    const expiresAt = await noLaterThan(tx, owner, wanted);
    const made = await insertAccessToken(tx, {
      userId: owner.userId,
      projectId,
      scopes,
      expiresAt,
      note: input.note ?? null,
    });
    const audit = { projectId, actorId: owner.userId, action: "token.created", target: made.id, address };
    await recordAudit(tx, { ...audit, details: { note: input.note ?? null, scopes: [...scopes] } });
    return made;
  });
}

type NewToken = {
  userId: string;
  projectId: string | null;
  scopes: readonly string[];
  expiresAt: Date;
  note: string | null;
};

/** Writes the row of a new token; the secret is in the answer and nowhere else. */
export async function insertAccessToken(db: Db, { scopes, ...given }: NewToken): Promise<CreatedToken> {
  const token = newToken(ACCESS_TOKEN);
  const id = newId();
  await db.accessToken.create({
    data: { id, ...given, scopes: [...scopes], tokenHash: hashToken(token), prefix: token.slice(0, SHOWN) },
  });
  return { id, token, expiresAt: given.expiresAt.toISOString() };
}

async function ownerOf(db: Db, actor: Actor | null, address: string | null, input: Input): Promise<Actor> {
  const { email, password } = input;
  if (email !== undefined && password !== undefined) return checkPassword(db, { email, password, address });
  if (actor) return actor;
  const errors = (["email", "password"] as const)
    .filter((path) => input[path] === undefined)
    .map((path) => ({ path, message: "is needed without an access token" }));
  throw new AppError("unauthenticated", "Send e-mail and password, or an access token.", { errors });
}

async function projectOf(db: Db, owner: Actor, wanted: string | undefined): Promise<string | null> {
  if (wanted !== undefined) return (await proveMembership(db, owner, wanted)).projectId;
  if (owner.token) return owner.token.projectId;
  if (owner.instanceRole !== "guest") return null;
  const memberships = await db.membership.findMany({
    where: { userId: owner.userId, disabledAt: null, removedAt: null },
    select: { projectId: true },
    take: 2,
  });
  const [only] = memberships;
  if (only && memberships.length === 1) return only.projectId;
  throw new AppError("invalid", "A guest's token reaches one project: say which.", {
    errors: [{ path: "project", message: "is needed" }],
  });
}

function scopesWithin({ token }: Actor, wanted: readonly Scope[]): readonly string[] {
  if (!token || token.scopes.length === 0) return wanted;
  const beyond = wanted.filter((scope) => !token.scopes.includes(scope));
  if (beyond.length > 0)
    throw new AppError(
      "forbidden",
      `Your token does not include ${beyond.join(", ")}, so it can't give that on.`,
    );
  return wanted.length > 0 ? wanted : token.scopes;
}

async function noLaterThan(db: Db, { token }: Actor, wanted: Date): Promise<Date> {
  if (!token) return wanted;
  const { expiresAt } = await db.accessToken.findUniqueOrThrow({ where: { id: token.id } });
  return expiresAt < wanted ? expiresAt : wanted;
}
