import { scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actorOfCookie } from "@/server/auth/session-cookie";
import { createInvitation, type ProjectActor } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { cookieHeader, signInAs } from "@/server/testing/sign-in";
import { handleBrowserCall } from "./handle-browser-call";
import { handleRestRequest } from "./rest/handle-request";

const url = "http://localhost:3000";
let test: TestDatabase;
let admin: ProjectActor;

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({ databaseUrl: test.url, url, authSecret: newId(), encryptionKey: newId(), rateLimit: 0 });
  const project = { id: newId(), slug: "airline" };
  await test.db.project.create({ data: { ...project, name: "Airline", createdById: newId() } });
  admin = await createMember(test.db, { project, role: "administrator", name: "Ada" });
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

type Sent = { body?: unknown; token?: string; headers?: Record<string, string> };

async function rest(method: string, path: string, { body, token, headers }: Sent = {}) {
  const response = await handleRestRequest(
    new Request(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    path.slice(1).split("/"),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

async function invite(maxUses: number | null = 1): Promise<string> {
  const input = { role: "administrator" as const, maxUses, expiresInDays: 7 };
  return (await createInvitation(test.db, admin, input, url)).token ?? "";
}

const join = async (sent: Omit<Sent, "body"> = {}) =>
  rest("POST", "/join", { body: { token: await invite(), name: "Bo" }, ...sent });

describe("joining by HTTP", () => {
  it("answers with the guest, a token for the project and a session", async () => {
    const { status, body, headers } = await join();
    expect(status).toBe(201);
    expect(body).toMatchObject({ user: { name: "Bo" }, project: { slug: "airline", role: "administrator" } });
    const cookie = (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await actorOfCookie(test.db, new Headers({ cookie }))).toMatchObject({ userId: body.user.id });
    expect((await rest("GET", "/me", { token: body.token })).body).toMatchObject({
      name: "Bo",
      kind: "guest",
      projects: [{ slug: "airline", role: "administrator" }],
    });
  });

  it("signs no browser in for a page of another site", async () => {
    const { status, headers } = await join({ headers: { origin: "https://evil.example" } });
    expect([status, headers.get("set-cookie")]).toEqual([201, null]);
    expect((await join({ headers: { origin: url } })).headers.get("set-cookie")).not.toBeNull();
  });

  it("says of a dead link which death it died", async () => {
    const token = await invite();
    expect(await rest("GET", `/join/${token}`)).toMatchObject({
      status: 200,
      body: { project: { name: "Airline" }, invitedBy: "Ada", state: "active" },
    });
    await rest("POST", "/join", { body: { token, name: "Bo" } });
    const again = await rest("POST", "/join", { body: { token, name: "Bo" } });
    expect(again).toMatchObject({ status: 410, body: { code: "invitation_used" } });
    expect(again.headers.get("content-type")).toBe("application/problem+json");
    expect(await rest("GET", `/join/${token}x`)).toMatchObject({
      status: 404,
      body: { code: "invitation_unknown" },
    });
  });
});

describe("an idempotency key without a token", () => {
  it("makes one member of a join that is sent twice, and shows the secret once", async () => {
    const body = { token: await invite(), name: "Dee" };
    const sent = { body, headers: { "idempotency-key": newId() } };
    const first = await rest("POST", "/join", sent);
    const second = await rest("POST", "/join", sent);
    expect(first).toMatchObject({ status: 201, body: { user: { name: "Dee" } } });
    expect(second).toMatchObject({
      status: 201,
      body: { user: first.body.user, token: null, code: "secret_already_shown" },
    });
    expect(second.headers.get("set-cookie")).toBeNull();
    expect(await test.db.user.count({ where: { name: "Dee" } })).toBe(1);
    expect(await rest("POST", "/join", { ...sent, body: { ...body, name: "Di" } })).toMatchObject({
      status: 422,
      body: { code: "idempotency_mismatch" },
    });
  });

  it("tells nobody whether a password is the one that was sent before", async () => {
    const body = { token: await invite(null), name: "Fay", email: "fay@example.org" };
    const headers = { "idempotency-key": newId() };
    const ask = (password: string) => rest("POST", "/join", { body: { ...body, password }, headers });
    expect((await ask("long words of a password")).status).toBe(201);
    const codes = [await ask("long words of a password"), await ask("other words of a password")];
    expect(codes.map((answer) => answer.body.code)).toEqual(["email_taken", "email_taken"]);
  });

  it("is another's at another address, and free again after a refusal", async () => {
    const token = await invite();
    const key = { "idempotency-key": newId() };
    const from = (address: string) => ({ ...key, "x-tandem-peer": address });
    expect(
      await rest("POST", "/join", { body: { token, name: "" }, headers: from("192.0.2.1") }),
    ).toMatchObject({
      status: 422,
      body: { code: "invalid" },
    });
    const joined = await rest("POST", "/join", { body: { token, name: "Eve" }, headers: from("192.0.2.1") });
    expect(joined.status).toBe(201);
    const other = await rest("POST", "/join", { body: { token, name: "Eve" }, headers: from("192.0.2.2") });
    expect(other).toMatchObject({ status: 410, body: { code: "invitation_used" } });
  });
});

describe("invitations by HTTP", () => {
  it("are made, listed, renewed and revoked, with the secret only where it is made", async () => {
    const { body: me } = await join();
    const at = "/projects/airline/invitations";
    const made = await rest("POST", at, {
      token: me.token,
      body: { role: "viewer", maxUses: 2, note: "for Cleo" },
    });
    expect(made).toMatchObject({
      status: 201,
      body: { role: "viewer", maxUses: 2, uses: 0, state: "active", note: "for Cleo" },
    });
    expect(made.body.url).toBe(`${url}/join/${made.body.token}`);
    const listed = await rest("GET", at, { token: me.token });
    const item = listed.body.items.find(({ id }: { id: string }) => id === made.body.id);
    expect(Object.keys(item)).not.toContain("token");
    expect(Object.keys(item)).not.toContain("url");
    const renewed = await rest("POST", `${at}/${made.body.id}/renew`, { token: me.token });
    expect(renewed.body.token).not.toBe(made.body.token);
    expect((await rest("DELETE", `${at}/${made.body.id}`, { token: me.token })).status).toBe(204);
    expect(await rest("POST", "/join", { body: { token: renewed.body.token, name: "Cleo" } })).toMatchObject({
      status: 410,
      body: { code: "invitation_revoked" },
    });
  });

  it("repeated with an idempotency key are the same one, without its secret", async () => {
    const { body: me } = await join();
    const sent = { token: me.token, body: { role: "viewer" }, headers: { "idempotency-key": "one" } };
    const [first, second] = [
      await rest("POST", "/projects/airline/invitations", sent),
      await rest("POST", "/projects/airline/invitations", sent),
    ];
    expect(second.status).toBe(201);
    expect(second.body).toMatchObject({
      id: first.body.id,
      token: null,
      url: null,
      code: "secret_already_shown",
    });
  });

  it("refuse a role that does not exist, and name the field", async () => {
    const { body: me } = await join();
    const answer = await rest("POST", "/projects/airline/invitations", {
      token: me.token,
      body: { role: "king" },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid", errors: [{ path: "role" }] } });
  });
});

describe("the first token", () => {
  it("comes by e-mail and password; too many wrong ones are told to wait", async () => {
    const salt = Buffer.from("a salt of a test");
    const key = scryptSync("right", salt, 32, { N: 16, r: 8, p: 1 });
    const passwordHash = ["scrypt", 16, 8, 1, salt.toString("base64url"), key.toString("base64url")].join(
      "$",
    );
    const email = "ada@example.org";
    await test.db.user.update({ where: { id: admin.userId }, data: { email, passwordHash } });
    const ask = (password: string) => rest("POST", "/auth/tokens", { body: { email, password } });
    const first = await ask("right");
    expect([first.status, Object.keys(first.body).sort()]).toEqual([201, ["expiresAt", "id", "token"]]);
    expect(await ask("wrong")).toMatchObject({ status: 401, body: { code: "invalid_credentials" } });
    for (let n = 0; n < 9; n++) await ask("wrong");
    const late = await ask("right");
    expect(late).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await rest("GET", "/auth/tokens", { token: first.body.token })).body.items).toHaveLength(1);
    expect((await rest("DELETE", `/auth/tokens/${first.body.id}`, { token: first.body.token })).status).toBe(
      204,
    );
    expect((await rest("GET", "/me", { token: first.body.token })).status).toBe(401);
  });

  it("is not read from a cookie under /api/v1", async () => {
    const cookie = cookieHeader(await signInAs(test.db, admin.userId));
    expect((await rest("GET", "/me", { headers: { cookie, origin: url } })).status).toBe(401);
  });

  it("missing is told before the body is looked at", async () => {
    const headers = { "content-type": "text/plain" };
    expect((await rest("POST", "/projects", { headers, body: "x" })).status).toBe(401);
  });
});

describe("a call by the browser", () => {
  const call = async (headers: Record<string, string>, body = "{}") => {
    const cookie = cookieHeader(await signInAs(test.db, admin.userId));
    return handleBrowserCall(
      new Request(`${url}/api/trpc/access.me`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json", ...headers },
        body,
      }),
    );
  };

  it("must come from a page of ours, as JSON, and not be too large", async () => {
    expect((await call({ origin: url })).status).toBe(200);
    expect((await call({})).status).toBe(403);
    expect((await call({ origin: "https://evil.example" })).status).toBe(403);
    expect((await call({ origin: url, "content-type": "text/plain" })).status).toBe(415);
    expect((await call({ origin: url }, `{"x":"${"y".repeat(10 * 1024 * 1024)}"}`)).status).toBe(413);
  });

  it("answers who is not signed in with a problem", async () => {
    const response = await handleBrowserCall(new Request(`${url}/api/trpc/access.me`));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { data: { problem: { code: "unauthenticated" } } },
    });
  });

  it("signs the browser in that joins", async () => {
    const response = await handleBrowserCall(
      new Request(`${url}/api/trpc/access.enter`, {
        method: "POST",
        headers: { origin: url, "content-type": "application/json" },
        body: JSON.stringify({ token: await invite(), name: "Dee" }),
      }),
    );
    expect(await response.json()).toMatchObject({ result: { data: { project: { slug: "airline" } } } });
    const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await actorOfCookie(test.db, new Headers({ cookie }))).toMatchObject({ name: "Dee" });
  });
});

it("a webhook whose making is repeated keeps its address and hides its secret", async () => {
  const { body: me } = await join();
  const at = "https://8.8.8.8/hook";
  const sent = { token: me.token, body: { url: at }, headers: { "idempotency-key": "hook" } };
  const [first, second] = [
    await rest("POST", "/projects/airline/webhooks", sent),
    await rest("POST", "/projects/airline/webhooks", sent),
  ];
  expect(first).toMatchObject({ status: 201, body: { url: at, events: ["job.finished", "session.closed"] } });
  expect(first.body.secret).toMatch(/^tdmw_/);
  expect(second.status).toBe(201);
  expect(second.body).toEqual({ ...first.body, secret: null, code: "secret_already_shown" });
  const { body } = await rest("GET", "/projects/airline/webhooks", { token: me.token });
  expect(body).toMatchObject({ total: 1, items: [{ id: first.body.id, url: at }] });
  for (const wrong of ["ftp://8.8.8.8/", "https://a:b@8.8.8.8/", "nowhere", "http://127.0.0.1/"])
    expect(
      await rest("POST", "/projects/airline/webhooks", { token: me.token, body: { url: wrong } }),
    ).toMatchObject({ status: 422, body: { errors: [{ path: "url" }] } });
});
