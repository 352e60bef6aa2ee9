import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccessToken, type ProjectActor } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { handleExport } from "./rest/answer-export";
import { handleRestRequest } from "./rest/handle-request";
import { importRecords } from "./rest/import-records";
import { restRoutes } from "./rest/routes";

const url = "http://localhost:3000";
const project = { id: newId(), slug: "airline" };
let test: TestDatabase;
let admin: ProjectActor;
let token: string;

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({ databaseUrl: test.url, url, authSecret: newId(), rateLimit: 0, logLevel: "silent" });
  await test.db.project.create({ data: { ...project, name: "Airline", createdById: newId() } });
  admin = await createMember(test.db, { project, role: "administrator", name: "Ada" });
  const actor = { userId: admin.userId, name: "Ada", instanceRole: "member" } as const;
  const made = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] });
  token = made.token;
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

type Sent = { body?: string; headers?: Record<string, string> };

async function ask(method: string, path: string, { body, headers = {} }: Sent = {}) {
  const response = await handleRestRequest(
    new Request(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(method === "GET" || body === undefined ? {} : { body }),
    }),
    path.split("?")[0]?.slice(1).split("/").map(decodeURIComponent) ?? [],
  );
  const text = await response.text();
  const replayed = response.headers.get("idempotent-replayed") === "true";
  return { status: response.status, replayed, body: text === "" ? null : JSON.parse(text) };
}

const pathOf = ({ segments }: (typeof restRoutes)[number]) =>
  `/${segments.map((part) => (part === "{project}" ? "airline" : part.startsWith("{") ? newId() : part)).join("/")}`;

describe("every route", () => {
  it.each(restRoutes)("$method $path refuses texts that no database can hold", async (route) => {
    expect((await ask(route.method, `${pathOf(route)}?cursor=a%00b`)).status).toBe(422);
    if (route.method === "GET") return;
    for (const body of ['{"text":"a\\u0000b"}', '{"a":[{"b":"\\ud800"}]}', '{"a":{"\\u0000":1}}'])
      expect(await ask(route.method, pathOf(route), { body })).toMatchObject({
        status: 422,
        body: { code: "invalid" },
      });
    const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    expect((await ask(route.method, pathOf(route), { body: deep })).status).toBe(422);
  });
});

describe("an address", () => {
  const withIds = restRoutes.filter(
    ({ method, segments, path }) =>
      ["GET", "DELETE"].includes(method) && segments.includes("{id}") && !path.endsWith("/diff"),
  );
  it.each(withIds)("$method $path names nothing by what can't be an id", async (route) => {
    const path = pathOf(route).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "abc");
    expect(await ask(route.method, path)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("names nothing by a number that nothing can have", async () => {
    const path = `/projects/airline/agents/${newId()}/versions/99999999999`;
    expect((await ask("GET", path)).status).toBe(404);
  });
});

describe("a cursor", () => {
  it("goes on with the list and the filters that it came from, and with no other", async () => {
    const subsets = "/projects/airline/subsets";
    for (const name of ["one", "two", "three"]) {
      const body = JSON.stringify({ name, kind: "live", query: { keyword: name } });
      expect((await ask("POST", subsets, { body })).status).toBe(201);
    }
    const names: string[] = [];
    let cursor: string | null = "";
    let first = "";
    while (cursor !== null) {
      const { body } = await ask("GET", `${subsets}?limit=1${cursor && `&cursor=${cursor}`}`);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
      first ||= cursor ?? "";
    }
    expect(names).toEqual(["three", "two", "one"]);
    for (const path of [`${subsets}?cursor=${first}&kind=x`, `/projects/airline/jobs?cursor=${first}`])
      expect(await ask("GET", path)).toMatchObject({
        status: 422,
        body: { code: "invalid_cursor", errors: [{ path: "cursor" }] },
      });
  });
});

describe("a key that is not known", () => {
  it.each(["jobs", "jobs/estimate", "sessions", "records/bulk", "embeddings", "subsets", "aggregations"])(
    "is refused by its name where what is left out means everything: %s",
    async (route) => {
      const body = '{"label":"sentiment","querry":{"keyword":"late"}}';
      const { status, body: problem } = await ask("POST", `/projects/airline/${route}`, { body });
      expect({ status, code: problem.code }).toEqual({ status: 422, code: "invalid" });
      expect(problem.errors).toContainEqual({
        path: "querry",
        message: "is not known here; is it spelt right?",
      });
    },
  );
});

describe("a query", () => {
  const nested = (depth: number) => `${'{"not":'.repeat(depth)}{"keyword":"a"}${"}".repeat(depth)}`;
  const search = (query: string) =>
    ask("POST", "/projects/airline/records/search", { body: `{"query":${query}}` });

  it.each(["[]", "1", '"late"', "null", "true"])(
    "that is %s and no tree is refused as one",
    async (query) => {
      expect(await search(query)).toMatchObject({
        status: 422,
        body: { code: "invalid_query", errors: [{ path: "query" }] },
      });
    },
  );

  it.each([20, 50, 1000, 20_000])("nested %i deep is refused as a query, with a path", async (depth) => {
    const { status, body } = await search(nested(depth));
    expect({ status, code: body.code }).toEqual({ status: 422, code: "invalid_query" });
    expect(body.errors[0].path).toMatch(/^query\./);
  });

  it("of more than 200 conditions or 10,000 ids is refused", async () => {
    const many = (count: number, one: unknown) => JSON.stringify({ or: Array(count).fill(one) });
    expect((await search(many(199, { keyword: "a" }))).status).toBe(200);
    expect(await search(many(200, { keyword: "a" }))).toMatchObject({ body: { code: "invalid_query" } });
    const ids = (count: number) => JSON.stringify({ externalIds: Array(count).fill("a") });
    expect((await search(ids(10_000))).status).toBe(200);
    expect(await search(ids(10_001))).toMatchObject({
      body: { code: "invalid_query", errors: [{ path: "query.externalIds" }] },
    });
  });

  it("with a wrong expression says where and why", async () => {
    expect(await search('{"and":[{"keyword":"a"},{"regex":"(?=a)"}]}')).toMatchObject({
      status: 422,
      body: {
        code: "invalid_regex",
        errors: [{ path: "query.and.1.regex", message: expect.stringMatching(/look-around/) }],
      },
    });
    expect(await search(JSON.stringify({ regex: "a".repeat(1001) }))).toMatchObject({
      status: 422,
      body: { code: "invalid_query", errors: [{ path: "query.regex" }] },
    });
  });
});

describe("a text that no database holds", () => {
  const stream = async (answer: (request: Request, project: string) => Promise<Response>, query: string) => {
    const request = new Request(`${url}/api/v1/projects/airline/x?${query}`, {
      method: answer === importRecords ? "POST" : "GET",
      headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
      ...(answer === importRecords ? { body: "id,text,a\n1,b,c\n" } : {}),
    });
    const response = await answer(request, "airline");
    return [response.status, (await response.json()).errors?.[0]?.path];
  };

  it.each(["label", "after"])("is refused in %s of an export", async (name) => {
    expect(await stream(handleExport, `kind=records&${name}=a%00`)).toEqual([422, name]);
  });

  it.each([
    ["fileName", "fileName=a%00.csv"],
    ["sheet", "sheet=%00"],
    ["types", `metadata=*&types=${encodeURIComponent('{"a\\u0000":"string"}')}`],
    ["names", "format=doccano&names=%00:b"],
  ])("is refused in %s of an import", async (name, query) => {
    expect(await stream(importRecords, query)).toEqual([422, name]);
  });

  it.each([
    ["query.assignedTo", { query: { assignedTo: "-".repeat(36) } }],
    ["query.annotator.0", { query: { annotator: ["a".repeat(36)] } }],
    ["sort", { sort: { by: "conf", annotator: "a".repeat(36) } }],
  ])("%s is refused when it is no id", async (path, body) => {
    const { status, body: answer } = await ask("POST", "/projects/airline/records/search", {
      body: JSON.stringify(body),
    });
    expect([status, answer.errors.map((error: { path: string }) => error.path)]).toEqual([422, [path]]);
  });
});

describe("numbers and times that no column holds", () => {
  const id = newId();
  it.each([
    "/projects/airline/schema?version=99999999999",
    "/projects/airline/schema/diff?from=1&to=99999999999",
    `/projects/airline/agents/${id}/diff?from=99999999999&to=1`,
    `/projects/airline/sessions/${id}/items?from=99999999999`,
    "/projects/airline/verifications?since=0000-01-01T00:00:00Z",
    `/projects/airline/verifications?cursor=0000-01-01T00:00:00Z~${id}`,
  ])("%s", async (path) => {
    expect((await ask("GET", path)).status).toBe(422);
  });
});

describe("an idempotency key", () => {
  const headers = { "idempotency-key": "one" };

  it("is for what changes something: no answer to a question is kept", async () => {
    const search = "/projects/airline/records/search";
    for (const _ of [1, 2])
      expect(await ask("POST", search, { body: "{}", headers })).toMatchObject({
        status: 200,
        replayed: false,
      });
    expect(await test.db.idempotencyKey.count()).toBe(0);
  });

  it("belongs to the whole request, its address too", async () => {
    const body = JSON.stringify({ role: "viewer" });
    const at = "/projects/airline/invitations";
    expect(await ask("POST", at, { body, headers })).toMatchObject({ status: 201, replayed: false });
    expect(await ask("POST", at, { body, headers })).toMatchObject({ status: 201, replayed: true });
    expect(await ask("POST", `${at}?maxUses=2`, { body, headers })).toMatchObject({
      status: 422,
      body: { code: "idempotency_mismatch" },
    });
  });
});

describe("bad access tokens", () => {
  it("are counted like other calls of their address", async () => {
    completeEnv({ rateLimit: 5 });
    const headers = { authorization: "Bearer tandem_guessed", "x-tandem-peer": "203.0.113.9" };
    const answers: number[] = [];
    for (let tries = 0; tries < 7; tries++) answers.push((await ask("GET", "/me", { headers })).status);
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await ask("GET", "/me", { headers: { "x-tandem-peer": "203.0.113.9" } })).status).toBe(200);
    completeEnv({ rateLimit: 0 });
  });
});
