import { afterAll, beforeAll, expect, it } from "vitest";
import type { Scope } from "@/contracts/roles";
import { type Actor, createAccessToken } from "@/server/modules/access";
import { runBulk } from "@/server/modules/bulk";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { addRecords, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { handleRestRequest } from "./handle-request";

let test: TestDatabase;
let made: LabelledProject;
let ids: string[];

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({
    databaseUrl: test.url,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
  });
  made = await createLabelledProject(test.db);
  ids = [
    ...(
      await addRecords(
        made,
        ["a", "b", "c"].map((externalId) => ({ externalId })),
      )
    ).values(),
  ];
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

/** A program of the administrator's, with these scopes or all of them. */
async function program(scopes: Scope[] = []) {
  const { userId, userName: name } = made.member;
  const actor: Actor = { userId, name, instanceRole: "member" };
  const { token } = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes });
  return async (method: string, path: string, body?: unknown) => {
    const segments = ["projects", made.project.slug, "records", ...path.split("/").filter(Boolean)];
    const response = await handleRestRequest(
      new Request(`http://localhost/api/v1/${segments.join("/")}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      segments,
    );
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  };
}

it("a program changes, excludes, restores and erases records", async () => {
  const call = await program();
  const [a = "", b = ""] = ids;
  expect(await call("PATCH", a, { content: "New text", metadata: { n: 1 } })).toMatchObject({
    status: 200,
    body: { content: "New text", metadata: { n: 1 } },
  });
  expect(await call("PATCH", a, {})).toMatchObject({ status: 422, body: { code: "invalid" } });
  expect(await call("DELETE", a)).toMatchObject({ status: 204 });
  expect(await call("GET", "deleted")).toMatchObject({ status: 200, body: { items: [{ id: a }], total: 1 } });
  expect(await call("POST", `${a}/restore`)).toMatchObject({ status: 200, body: { id: a } });
  expect(await call("POST", `${b}/erase`, { confirm: "a" })).toMatchObject({ status: 422 });
  expect(await call("POST", `${b}/erase`, { confirm: "b" })).toMatchObject({ status: 204 });
  expect(await call("POST", `${b}/restore`)).toMatchObject({ status: 409, body: { code: "erased" } });
});

it("a program starts an action on a query, follows it, and takes it back", async () => {
  const call = await program();
  const started = await call("POST", "bulk", { action: { type: "delete" }, query: {} });
  expect(started).toMatchObject({ status: 202, body: { status: "queued", total: 2, undoable: false } });
  const { id } = started.body;
  const context = {
    db: test.db,
    signal: new AbortController().signal,
    attempt: 1,
    isCurrent: async () => true,
  };
  await runBulk(context, { projectId: made.project.id, runId: id });
  expect(await call("GET", `bulk/${id}`)).toMatchObject({ body: { status: "succeeded", changed: 2 } });
  expect(await call("POST", `bulk/${id}/cancel`)).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect(await call("POST", `bulk/${id}/undo`)).toMatchObject({ status: 202, body: { status: "undoing" } });
  await runBulk(context, { projectId: made.project.id, runId: id });
  expect(await call("GET", "bulk")).toMatchObject({ body: { items: [{ id, status: "undone" }], total: 1 } });
  for (const wrong of [
    { action: { type: "delete" } },
    { action: { type: "explode" }, query: {} },
    { action: { type: "delete" }, query: { unknown: 1 } },
    { action: { type: "delete" }, query: {}, recordIds: ids },
  ])
    expect(await call("POST", "bulk", wrong)).toMatchObject({ status: 422 });
});

it("a limited token does the actions of its scopes alone", async () => {
  const started: unknown[] = [];
  for (const scopes of [
    ["records:write"],
    ["annotations:write"],
    ["subsets:write"],
    ["records:read"],
  ] as const) {
    const call = await program([...scopes]);
    for (const action of [
      { type: "setMetadata", name: "x", value: 1 },
      { type: "label", name: "sentiment", value: ["pos"] },
      { type: "addToSubset", subsetId: newId() },
    ]) {
      const { status } = await call("POST", "bulk", { action, query: {} });
      if (status !== 403) started.push([scopes[0], action.type]);
    }
  }
  expect(started).toEqual([
    ["records:write", "setMetadata"],
    ["annotations:write", "label"],
    ["subsets:write", "addToSubset"],
  ]);
});
