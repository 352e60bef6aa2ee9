import type { Scope } from "@/contracts/roles";
import {
  type Actor,
  findSessionActor,
  type ProjectActor,
  proveMembership,
  requireScope,
  seesOnlyOwn,
} from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** Who began a stream, and what they had to be allowed for it. */
type Asked = { db: Db; actor: Actor; member: ProjectActor; scope: Scope };

/**
 * The same stream for as long as whoever began it may see it: session or token, membership and scope are proved again
 * before each message, since a stream lives longer than what was true at its beginning.
 * @throws AppError `unauthenticated`, `not_found`, `forbidden` in place of the next message
 */
export async function* whileAllowed<T>(asked: Asked, stream: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const message of stream) {
    await proveAgain(asked);
    yield message;
  }
}

async function proveAgain({ db, actor, member, scope }: Asked): Promise<void> {
  if (!(await isStillSignedIn(db, actor)))
    throw new AppError("unauthenticated", "The session or the access token has ended.");
  const now = await proveMembership(db, actor, member.projectId);
  requireScope(now, scope);
  if (seesOnlyOwn(now) !== seesOnlyOwn(member))
    throw new AppError("forbidden", "Your role has changed. Ask again.");
}

async function isStillSignedIn(db: Db, { userId, sessionId, token }: Actor): Promise<boolean> {
  if (sessionId && !(await findSessionActor(db, { sessionId, userId }))) return false;
  if (!token) return true;
  const live = { id: token.id, revokedAt: null, expiresAt: { gt: new Date() } };
  return (await db.accessToken.count({ where: live })) === 1;
}
