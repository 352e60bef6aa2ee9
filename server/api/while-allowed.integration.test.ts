import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Actor, createAccessToken, createSession, proveMembership } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { whileAllowed } from "./while-allowed";

const project = { id: newId(), slug: "airline" };
let test: TestDatabase;
let db: Db;
let actor: Actor;

beforeAll(async () => {
  test = await createTestDatabase();
  db = test.db;
  await db.project.create({ data: { ...project, name: "Airline", createdById: newId() } });
});
afterAll(() => test.drop());
beforeEach(async () => {
  const { userId } = await createMember(db, { project, role: "reviewer" });
  const owner: Actor = { userId, name: "Ada", instanceRole: "member" };
  const token = await createAccessToken(
    db,
    { actor: owner, address: null },
    { expiresInDays: 1, scopes: [] },
  );
  const session = await createSession(db, userId, "password");
  actor = { ...owner, sessionId: session.id, token: { id: token.id, projectId: null, scopes: [] } };
});

async function* numbers(): AsyncGenerator<number> {
  for (let n = 1; ; n++) yield n;
}

/** What a second message brings when this happened after the first. */
async function after(change: () => Promise<unknown>): Promise<number | string> {
  const member = await proveMembership(db, actor, project.id);
  const stream = whileAllowed({ db, actor, member, scope: "sessions:read" }, numbers());
  expect(await stream.next()).toEqual({ value: 1, done: false });
  await change();
  try {
    return (await stream.next()).value;
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  } finally {
    await stream.return(undefined);
  }
}

const membership = () => ({ projectId_userId: { projectId: project.id, userId: actor.userId } });
const now = new Date();

describe("a stream", () => {
  it.each<[string, () => Promise<unknown>, number | string]>([
    ["nothing happened", async () => undefined, 2],
    [
      "the role is another that sees as much",
      () => db.membership.update({ where: membership(), data: { role: "viewer" } }),
      2,
    ],
    [
      "the role sees only its own",
      () => db.membership.update({ where: membership(), data: { role: "annotator" } }),
      "forbidden",
    ],
    [
      "access was switched off",
      () => db.membership.update({ where: membership(), data: { disabledAt: now } }),
      "not_found",
    ],
    [
      "the person was removed",
      () => db.membership.update({ where: membership(), data: { removedAt: now } }),
      "not_found",
    ],
    [
      "the session ended",
      () => db.authSession.updateMany({ where: { userId: actor.userId }, data: { revokedAt: now } }),
      "unauthenticated",
    ],
    [
      "the token was revoked",
      () => db.accessToken.updateMany({ where: { userId: actor.userId }, data: { revokedAt: now } }),
      "unauthenticated",
    ],
  ])("when %s", async (_, change, expected) => {
    expect(await after(change)).toBe(expected);
  });
});
