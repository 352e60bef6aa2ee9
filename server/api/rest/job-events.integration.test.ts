import { afterAll, beforeAll, expect, it } from "vitest";
import type { Job } from "@/contracts/jobs";
import { createAccessToken } from "@/server/modules/access";
import { createScenario, type Scenario, startJobWorker, texts } from "@/server/modules/jobs/testing/scenario";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { getEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import type { Worker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { handleRestRequest } from "./handle-request";
import { handleJobEvents } from "./job-events";

let test: TestDatabase;
let made: Scenario;
let worker: Worker | undefined;
let token = "";
let stranger = "";

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({
    databaseUrl: test.url,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
  });
  made = await createScenario(test, {
    contents: texts(30),
    double: { fault: () => ({ kind: "delay", ms: 20 }) },
  });
  const { projectId, userId, userName } = made.actor;
  await test.db.membership.create({ data: { projectId, userId, role: "administrator" } });
  const tokenOf = async (actor: Parameters<typeof createAccessToken>[1]["actor"]) =>
    (await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] })).token ??
    "";
  token = await tokenOf({ userId, name: userName, instanceRole: "member" });
  stranger = await tokenOf(await createActor(test.db));
});
afterAll(async () => {
  await worker?.stop();
  await made.listener.close();
  await getEventListener().close();
  await made.double.close();
  await closeDb();
  await test.drop();
});

const headersOf = (bearer: string | null) => ({
  "content-type": "application/json",
  ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await handleRestRequest(
    new Request(`http://host/api/v1/${path}`, {
      method,
      headers: headersOf(token),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    path.split("?")[0]?.split("/") ?? [],
  );
  return { status: answer.status, body: await answer.json() };
}

const events = (id: string, bearer: string | null, signal?: AbortSignal) =>
  handleJobEvents(
    new Request("http://host/events", { headers: headersOf(bearer), ...(signal ? { signal } : {}) }),
    {
      project: made.actor.projectSlug,
      id,
    },
  );

async function startByRest(): Promise<string> {
  const { status, body } = await call("POST", `projects/${made.actor.projectSlug}/jobs`, {
    agentVersionId: made.agentVersionId,
    labels: ["sentiment"],
    labelMetadata: ["conf"],
  });
  expect(status).toBe(202);
  const { id } = body as Job;
  return id;
}

it("streams a job from its start to its report", async () => {
  const id = await startByRest();
  const answer = await events(id, token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  worker = await startJobWorker(made);
  const told = (await answer.text())
    .split("\n\n")
    .filter((event) => event.startsWith("event:"))
    .map((event) => {
      const [kind = "", data = ""] = event.split("\n");
      return { kind: kind.slice("event: ".length), job: JSON.parse(data.slice("data: ".length)) as Job };
    });
  expect(told.at(0)).toMatchObject({ kind: "progress", job: { id, status: "queued" } });
  expect(told.at(-1)).toMatchObject({ kind: "end", job: { status: "succeeded", counts: { called: 30 } } });
  expect(told.slice(0, -1).every(({ kind }) => kind === "progress")).toBe(true);

  const path = `projects/${made.actor.projectSlug}/jobs`;
  expect(await call("GET", `${path}/${id}`)).toEqual({ status: 200, body: told.at(-1)?.job });
  const invalid = await call("GET", `${path}/${id}/items?status=invalid`);
  const report = told.at(-1)?.job.counts;
  expect(invalid).toMatchObject({ status: 200, body: { total: report?.invalid } });
  expect(await call("GET", `${path}?status=succeeded`)).toMatchObject({
    body: { total: 1, items: [{ id }] },
  });
  expect(await call("POST", `${path}/${id}/pause`)).toMatchObject({
    status: 409,
    body: { code: "conflict" },
  });
  expect(await call("POST", `${path}/${id}/retry-failed`)).toMatchObject({ status: 409 });
});

it("tells nothing to whoever has no right to it", async () => {
  const id = await startByRest();
  expect((await events(id, null)).status).toBe(401);
  expect((await events(id, "nonsense")).status).toBe(401);
  expect((await events(id, stranger)).status).toBe(404);
  expect((await events(newId(), token)).status).toBe(404);
  expect((await events("no-id", token)).status).toBe(422);
});

it("ends when the reader goes away", async () => {
  const id = await startByRest();
  const leaving = new AbortController();
  const answer = await events(id, token, leaving.signal);
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  leaving.abort();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
  }
});
