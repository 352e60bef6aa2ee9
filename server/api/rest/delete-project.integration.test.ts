import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccessToken } from "@/server/modules/access";
import { createProject } from "@/server/modules/projects";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { handleRestRequest } from "./handle-request";

let test: TestDatabase;
let token: string;

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({ databaseUrl: test.url, authSecret: newId(), rateLimit: 0, logLevel: "silent" });
  const actor = await createActor(test.db);
  ({ token } = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] }));
  for (const slug of ["one", "two"]) await createProject(test.db, actor, { name: "Air line", slug });
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

async function call(method: string, slug: string, { query = "", body }: { query?: string; body?: unknown }) {
  const response = await handleRestRequest(
    new Request(`http://localhost/api/v1/projects/${slug}${query}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    ["projects", slug],
  );
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
}

it.each([
  { slug: "one", named: { query: "?name=Air%20line" } },
  { slug: "two", named: { body: { name: "Air line" } } },
])("a program deletes a project that it names: $named", async ({ slug, named }) => {
  for (const unnamed of [{}, { query: "?name=Airline" }])
    expect(await call("DELETE", slug, unnamed)).toMatchObject({
      status: 422,
      body: { errors: [{ path: "name" }] },
    });
  expect(await call("GET", slug, {})).toMatchObject({ status: 200 });
  expect(await call("DELETE", slug, named)).toEqual({ status: 204, body: null });
  for (const method of ["GET", "PATCH", "DELETE"])
    expect(await call(method, slug, method === "GET" ? {} : named)).toMatchObject({ status: 404 });
});
