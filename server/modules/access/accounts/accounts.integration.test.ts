import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { createActor } from "@/server/testing/people";
import {
  type Actor,
  checkPassword,
  createAccessToken,
  createSession,
  createSignInLink,
  endSession,
  ensureOwner,
  findOutsideIdentity,
  findSessionActor,
  getAccount,
  getMe,
  hasOwner,
  listAccessTokens,
  redeemSignInLink,
  revokeAccessToken,
  setPassword,
  setUpInstance,
  signUp,
  verifyAccessToken,
} from "..";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const password = "tractor umbrella ninety violet";
const other = "harbor napkin eleven thunder";
const address = "192.0.2.1";
const signIn = (email: string, given = password) =>
  errorCode(checkPassword(test.db, { email, password: given, address }));

async function signedIn(actor: Actor): Promise<Actor> {
  const { id } = await createSession(test.db, actor.userId, "password");
  return { ...actor, sessionId: id };
}

async function newProjectOf(actor: Actor): Promise<string> {
  const id = newId();
  await test.db.project.create({ data: { id, slug: `p-${id}`, name: "Airline", createdById: actor.userId } });
  await test.db.membership.create({ data: { projectId: id, userId: actor.userId, role: "viewer" } });
  return id;
}

describe("the first start", () => {
  it("has one owner, of however many come at once", async () => {
    expect(await hasOwner(test.db)).toBe(false);
    const setUp = (n: number) =>
      errorCode(setUpInstance(test.db, { name: "Olga", email: `o${n}@example.org`, password, address }));
    expect(
      await errorCode(
        setUpInstance(test.db, { name: "Olga", email: "o@example.org", password: "olga1234", address }),
      ),
    ).toBe("weak_password");
    const ends = await Promise.all([1, 2, 3, 4].map(setUp));
    expect(ends.sort()).toEqual(["already_set_up", "already_set_up", "already_set_up", "no error"]);
    expect(await test.db.user.count({ where: { instanceRole: "owner" } })).toBe(1);
    const first = await test.db.user.findFirstOrThrow({ where: { instanceRole: "owner" } });
    expect(await ensureOwner(test.db, { email: "env@example.org", password })).toBe(first.id);
    expect(await test.db.user.count({ where: { email: "env@example.org" } })).toBe(0);
  });
});

describe("an account", () => {
  it("of a guest gets e-mail and password and stays the same person", async () => {
    const guest = await signedIn(await createActor(test.db, { name: "Bo", instanceRole: "guest" }));
    const project = await newProjectOf(guest);
    expect(await errorCode(setPassword(test.db, guest, { password }))).toBe("invalid");
    expect(
      await errorCode(setPassword(test.db, guest, { email: "bo@example.org", password: "bo123456" })),
    ).toBe("weak_password");
    await setPassword(test.db, guest, { email: "bo@example.org", password });
    expect(await errorCode(setPassword(test.db, guest, { password: other }))).toBe("invalid");
    const found = await checkPassword(test.db, { email: "bo@example.org", password, address });
    expect(found.userId).toBe(guest.userId);
    expect((await getMe(test.db, found)).projects).toMatchObject([{ id: project, role: "viewer" }]);
  });

  it("changes its password by the present one, and other browsers are signed out", async () => {
    const actor = await signedIn(await createActor(test.db));
    const elsewhere = await signedIn(actor);
    await setPassword(test.db, actor, { email: "cleo@example.org", password });
    expect(await errorCode(setPassword(test.db, actor, { password: other }))).toBe("invalid");
    const wrong = setPassword(test.db, actor, { password: other, currentPassword: "wrong" });
    expect(await errorCode(wrong)).toBe("invalid_credentials");
    await setPassword(test.db, actor, { password: other, currentPassword: password });
    expect(await signIn("cleo@example.org")).toBe("invalid_credentials");
    expect(await signIn("cleo@example.org", other)).toBe("no error");
    const live = async ({ userId, sessionId = "" }: Actor) =>
      (await findSessionActor(test.db, { userId, sessionId })) !== null;
    expect([await live(actor), await live(elsewhere)]).toEqual([true, false]);
  });

  it("gets a new password without the old one after a sign-in link, once, for an hour", async () => {
    const actor = await signedIn(await createActor(test.db));
    await setPassword(test.db, actor, { email: "dee@example.org", password });
    const { token } = await createSignInLink(test.db, { userId: actor.userId });
    const session = await redeemSignInLink(test.db, token);
    const back = { ...actor, sessionId: session.id };
    expect(await getAccount(test.db, back)).toMatchObject({ hasPassword: true, mayResetPassword: true });
    await test.db.authSession.update({
      where: { id: session.id },
      data: { createdAt: new Date(Date.now() - 3_700_000) },
    });
    expect(await errorCode(setPassword(test.db, back, { password: other }))).toBe("invalid");
    await test.db.authSession.update({ where: { id: session.id }, data: { createdAt: new Date() } });
    const atOnce = await Promise.all(
      [1, 2].map(() => errorCode(setPassword(test.db, back, { password: other }))),
    );
    expect(atOnce.sort()).toEqual(["invalid", "no error"]);
    expect(await signIn("dee@example.org", other)).toBe("no error");
    expect(await getAccount(test.db, back)).toMatchObject({ mayResetPassword: false });
    expect(await errorCode(setPassword(test.db, back, { password }))).toBe("invalid");
  });

  it("can't take somebody else's e-mail address, also at once", async () => {
    const two = await Promise.all([1, 2].map(async () => signedIn(await createActor(test.db))));
    const ends = await Promise.all(
      two.map((actor) => errorCode(setPassword(test.db, actor, { email: "same@example.org", password }))),
    );
    expect(ends.sort()).toEqual(["email_taken", "no error"]);
  });
});

describe("a session", () => {
  it("is worth nothing after signing out, its end, or when the person is disabled", async () => {
    const sessions = await Promise.all([1, 2, 3].map(async () => signedIn(await createActor(test.db))));
    const find = ({ userId, sessionId = "" }: Actor) => findSessionActor(test.db, { userId, sessionId });
    for (const actor of sessions) expect((await find(actor))?.userId).toBe(actor.userId);
    const [out, ended, disabled] = sessions;
    if (!out || !ended || !disabled) throw new Error("three sessions");
    await endSession(test.db, out);
    await test.db.authSession.update({ where: { id: ended.sessionId }, data: { expiresAt: new Date() } });
    await test.db.user.update({ where: { id: disabled.userId }, data: { disabledAt: new Date() } });
    for (const actor of sessions) expect(await find(actor)).toBeNull();
  });
});

describe("an access token", () => {
  const days = { expiresInDays: 14, scopes: [] };

  it("is made by e-mail and password, and works until it is revoked", async () => {
    const actor = await signedIn(await createActor(test.db));
    await setPassword(test.db, actor, { email: "eve@example.org", password });
    const anybody = { actor: null, address };
    expect(await errorCode(createAccessToken(test.db, anybody, days))).toBe("unauthenticated");
    const wrong = { email: "eve@example.org", password: "wrong", ...days };
    expect(await errorCode(createAccessToken(test.db, anybody, wrong))).toBe("invalid_credentials");
    const made = await createAccessToken(test.db, anybody, {
      email: "eve@example.org",
      password,
      note: "nb",
      ...days,
    });
    expect(await verifyAccessToken(test.db, made.token)).toMatchObject({ userId: actor.userId });
    const list = await listAccessTokens(test.db, actor, { limit: 10 });
    expect(list.items).toMatchObject([{ id: made.id, note: "nb", project: null }]);
    expect(list.items[0]?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(list)).not.toContain(made.token);
    const stranger = await createActor(test.db);
    expect(await errorCode(revokeAccessToken(test.db, stranger, made))).toBe("not_found");
    await revokeAccessToken(test.db, actor, made);
    expect(await verifyAccessToken(test.db, made.token)).toBeNull();
    expect(await errorCode(revokeAccessToken(test.db, actor, made))).toBe("not_found");
  });

  it("is refused when cut, mistyped, expired, or its owner is disabled", async () => {
    const actor = await createActor(test.db);
    const made = await createAccessToken(test.db, { actor, address }, days);
    for (const token of [made.token.slice(0, -1), `${made.token}x`, `X${made.token.slice(1)}`, "", "tandem_"])
      expect(await verifyAccessToken(test.db, token)).toBeNull();
    await test.db.accessToken.update({ where: { id: made.id }, data: { expiresAt: new Date() } });
    expect(await verifyAccessToken(test.db, made.token)).toBeNull();
    const next = await createAccessToken(test.db, { actor, address }, days);
    await test.db.user.update({ where: { id: actor.userId }, data: { disabledAt: new Date() } });
    expect(await verifyAccessToken(test.db, next.token)).toBeNull();
  });

  it("made with another reaches no further and lives no longer", async () => {
    const actor = await createActor(test.db);
    const projectId = await newProjectOf(actor);
    const first = await createAccessToken(
      test.db,
      { actor, address },
      { expiresInDays: 2, scopes: ["records:read", "jobs:read"], project: projectId },
    );
    const by = await verifyAccessToken(test.db, first.token);
    const grown = createAccessToken(
      test.db,
      { actor: by, address },
      { expiresInDays: 2, scopes: ["jobs:run"] },
    );
    expect(await errorCode(grown)).toBe("forbidden");
    const second = await createAccessToken(
      test.db,
      { actor: by, address },
      { expiresInDays: 365, scopes: [] },
    );
    expect(second.expiresAt).toBe(first.expiresAt);
    const { token } = (await verifyAccessToken(test.db, second.token)) ?? {};
    expect(token).toMatchObject({ projectId, scopes: ["records:read", "jobs:read"] });
  });

  it("of a guest reaches one project, which must be named when there are several", async () => {
    const guest = await createActor(test.db, { instanceRole: "guest" });
    const [one, two] = [await newProjectOf(guest), await newProjectOf(guest)];
    const make = (project?: string) =>
      createAccessToken(test.db, { actor: guest, address }, { ...days, project });
    expect(await errorCode(make())).toBe("invalid");
    const made = await make(two);
    expect((await verifyAccessToken(test.db, made.token))?.token?.projectId).toBe(two);
    await test.db.membership.updateMany({
      where: { userId: guest.userId, projectId: two },
      data: { removedAt: new Date() },
    });
    expect((await verifyAccessToken(test.db, (await make()).token))?.token?.projectId).toBe(one);
  });
});

describe("an outside identity", () => {
  const identity = { provider: "github", name: "Gil", openSignup: false };

  it("is linked only from inside a signed-in session", async () => {
    const actor = await createActor(test.db);
    const stranger = { ...identity, providerAccountId: "1", signedInUserId: null };
    expect(await errorCode(findOutsideIdentity(test.db, stranger))).toBe("not_linked");
    const linked = await findOutsideIdentity(test.db, { ...stranger, signedInUserId: actor.userId });
    expect(linked).toBe(actor.userId);
    expect(await findOutsideIdentity(test.db, stranger)).toBe(actor.userId);
    await test.db.user.update({ where: { id: actor.userId }, data: { disabledAt: new Date() } });
    expect(await errorCode(findOutsideIdentity(test.db, stranger))).toBe("not_linked");
  });

  it("of a stranger makes an account where anybody may sign up", async () => {
    const open = { ...identity, providerAccountId: "2", signedInUserId: null, openSignup: true };
    const id = await findOutsideIdentity(test.db, open);
    expect(await test.db.user.findUnique({ where: { id } })).toMatchObject({
      name: "Gil",
      instanceRole: "member",
    });
    expect(await findOutsideIdentity(test.db, open)).toBe(id);
  });
});

describe("signing up", () => {
  const person = { name: "Hal", email: "hal@example.org", password, address };

  it("is for everybody only where it is allowed", async () => {
    expect(await errorCode(signUp(test.db, { ...person, openSignup: false }))).toBe("forbidden");
    const { userId } = await signUp(test.db, { ...person, openSignup: true });
    expect(await test.db.user.findUnique({ where: { id: userId } })).toMatchObject({
      instanceRole: "member",
    });
    expect(await errorCode(signUp(test.db, { ...person, openSignup: true }))).toBe("email_taken");
    expect(await errorCode(signUp(test.db, { ...person, password: "hal12345", openSignup: true }))).toBe(
      "weak_password",
    );
  });
});
