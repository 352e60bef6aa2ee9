import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccessToken, createSession, createSignInLink, endSession } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { cookieHeader, signInAs } from "@/server/testing/sign-in";
import { authenticateUpgrade } from "./authenticate-upgrade";
import { actorOfCookie, sessionCookie } from "./session-cookie";
import { openSignInLink } from "./sign-in-link";

const url = "https://tandem.example";
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({ databaseUrl: test.url, url, authSecret: newId() });
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

const withCookie = (cookie: string, more: Record<string, string> = {}) => new Headers({ cookie, ...more });

describe("the session cookie", () => {
  it("names the person while the session is live", async () => {
    const { userId } = await createActor(test.db, { name: "Ada" });
    const session = await createSession(test.db, userId, "password");
    const line = await sessionCookie(session);
    expect(line).toMatch(
      /^__Secure-authjs\.session-token=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
    );
    const cookie = line.split(";")[0] ?? "";
    const actor = await actorOfCookie(test.db, withCookie(cookie));
    expect(actor).toMatchObject({ userId, name: "Ada", sessionId: session.id });
    await endSession(test.db, { userId, sessionId: session.id });
    expect(await actorOfCookie(test.db, withCookie(cookie))).toBeNull();
  });

  it("made with another secret, cut, or sent as a bearer is nobody's", async () => {
    const { userId } = await createActor(test.db);
    const { name, value } = await signInAs(test.db, userId);
    for (const given of [value.slice(0, -3), `${value}x`, "", "a.b.c"])
      expect(await actorOfCookie(test.db, withCookie(`${name}=${given}`))).toBeNull();
    expect(await actorOfCookie(test.db, new Headers({ authorization: `Bearer ${value}` }))).toBeNull();
    completeEnv({ authSecret: newId() });
    expect(await actorOfCookie(test.db, withCookie(`${name}=${value}`))).toBeNull();
  });
});

describe("who opens a socket", () => {
  it("is a page of ours by its cookie, and no page of another site", async () => {
    const { userId } = await createActor(test.db);
    const cookie = cookieHeader(await signInAs(test.db, userId));
    const open = (more: Record<string, string>) => authenticateUpgrade(test.db, withCookie(cookie, more));
    expect(await open({ origin: url })).toMatchObject({ by: "cookie", actor: { userId } });
    expect(await open({ origin: "http://10.0.0.5:3000", host: "10.0.0.5:3000" })).toMatchObject({
      by: "cookie",
    });
    const foreign = { actor: null, why: "foreign-origin" };
    expect(await open({ origin: "https://evil.example", host: "tandem.example" })).toEqual(foreign);
    expect(await open({ origin: url, "sec-fetch-site": "cross-site" })).toEqual(foreign);
    expect(await open({ origin: "null" })).toEqual(foreign);
    expect(await open({})).toEqual(foreign);
  });

  it("is a program by its token, whatever cookie comes with it", async () => {
    const actor = await createActor(test.db);
    const other = cookieHeader(await signInAs(test.db, (await createActor(test.db)).userId));
    const { token } = await createAccessToken(
      test.db,
      { actor, address: null },
      { expiresInDays: 1, scopes: [] },
    );
    const open = (authorization: string) =>
      authenticateUpgrade(test.db, withCookie(other, { authorization, origin: url }));
    expect(await open(`Bearer ${token}`)).toMatchObject({ by: "token", actor: { userId: actor.userId } });
    expect(await open("Bearer nonsense")).toEqual({ actor: null, why: "bad-token" });
    expect(await open(`Basic ${token}`)).toEqual({ actor: null, why: "bad-token" });
  });

  it("is nobody without either", async () => {
    expect(await authenticateUpgrade(test.db, new Headers({ origin: url }))).toEqual({
      actor: null,
      why: "none",
    });
  });
});

describe("opening a sign-in link", () => {
  const open = (token: string, more: { next?: string; headers?: Record<string, string> } = {}) => {
    const address = new URL(`${url}/sign-in/${token}`);
    if (more.next) address.searchParams.set("next", more.next);
    return openSignInLink(new Request(address, { headers: more.headers }), token);
  };

  it("signs in once and goes on, and a second time says that it was used", async () => {
    const { userId } = await createActor(test.db);
    const { token } = await createSignInLink(test.db, { userId });
    const looked = await open(token, { headers: { "sec-purpose": "prefetch;prerender" } });
    expect([looked.status, looked.headers.get("set-cookie")]).toEqual([503, null]);
    const first = await open(token, { next: "/p/airline" });
    expect([first.status, first.headers.get("location")]).toEqual([302, "/p/airline"]);
    expect(first.headers.get("cache-control")).toBe("no-store");
    const cookie = (first.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await actorOfCookie(test.db, withCookie(cookie))).toMatchObject({ userId });
    const second = await open(token);
    expect([second.status, second.headers.get("location")]).toEqual([302, "/sign-in?error=link_used"]);
    expect(second.headers.get("set-cookie")).toBeNull();
  });

  it("never leads to another server", async () => {
    const { userId } = await createActor(test.db);
    const { token } = await createSignInLink(test.db, { userId });
    expect((await open(token, { next: "//evil.example" })).headers.get("location")).toBe("/");
  });

  it("that was never made leads to the sign-in", async () => {
    expect((await open("enter_x")).headers.get("location")).toBe("/sign-in?error=link_unknown");
  });
});
