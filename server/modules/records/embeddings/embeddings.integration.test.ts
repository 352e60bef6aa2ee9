import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createLlm } from "@/server/platform/llm";
import {
  json,
  type ScriptedProvider,
  startScriptedProvider,
} from "@/server/platform/llm/testing/scripted-provider";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { listVectorSpaces, runEmbeddings, startEmbeddings } from "..";
import { cancelEmbeddings, listEmbeddingRuns } from "./embedding-runs";

let test: TestDatabase;
let provider: ScriptedProvider;
let actor: ProjectActor;
const KEY = "sk-of-this-run-0123456789";

beforeAll(async () => {
  completeEnv({
    authSecret: "a secret for tests that is long enough",
    encryptionKey: "a key for tests that is long enough too",
  });
  [test, provider] = await Promise.all([createTestDatabase(), startScriptedProvider()]);
});
afterAll(() => Promise.all([test.drop(), provider.close()]));

const RECORDS = 600;
beforeEach(async () => {
  const { project, administrator } = await createTestProject(test.db);
  actor = administrator;
  provider.calls.length = 0;
  answerAll();
  await test.db.record.createMany({
    data: Array.from({ length: RECORDS }, (_, at) => ({
      id: newId(),
      projectId: project.id,
      externalId: `r${at}`,
      content: at === 300 ? "refuse me" : `text ${at}`,
      position: at,
    })),
  });
});

const textsOf = (body: unknown): string[] => (body as { input: string[] }).input;
const vectorsOf = (texts: readonly string[]) => ({
  data: texts.map((text, index) => ({ index, embedding: [text.length, 1] })),
  model: "embedder",
  usage: { prompt_tokens: texts.length },
});
/** Answers everything but the one text that it refuses, as OpenAI refuses a call for one bad input. */
function answerAll() {
  provider.answer((response, { body }) => {
    const texts = textsOf(body);
    if (texts.includes("refuse me")) json(response, { error: { message: "invalid input" } }, 400);
    else json(response, vectorsOf(texts));
  });
}

const start = () =>
  startEmbeddings(test.db, actor, {
    name: "v",
    model: "embedder",
    baseUrl: "http://1.2.3.4/v1",
    apiKey: KEY,
  });
/** The scripted provider stands on loopback, so the run's address becomes that of the server's own. */
async function run(id: string, signal = new AbortController().signal) {
  await test.db.embeddingRun.update({ where: { id }, data: { baseUrl: provider.baseUrl } });
  const embedder = createLlm({
    openai: { apiKey: undefined, baseUrl: provider.baseUrl, organization: undefined },
    allowedHosts: [],
    trustedOrigins: [provider.origin],
  });
  await runEmbeddings({ db: test.db, embedder, signal, lastAttempt: true }, id);
}
const stateOf = async (id: string) =>
  (await listEmbeddingRuns(test.db, actor, { limit: 10 })).items.find((one) => one.id === id);
const asked = () => provider.calls.flatMap(({ body }) => textsOf(body));
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : error),
  );

describe("a run of an embedding model", () => {
  it("gives every record a vector but the one whose text is refused, and forgets its key", async () => {
    const { id, total } = await start();
    expect(total).toBe(RECORDS);
    await run(id);
    expect(await stateOf(id)).toMatchObject({
      status: "succeeded",
      done: RECORDS - 1,
      failed: 1,
      error: null,
    });
    const { items } = await listVectorSpaces(test.db, actor);
    expect(items).toMatchObject([
      { name: "v", dimensions: 2, source: "embeddings", model: "embedder", records: RECORDS - 1 },
    ]);
    expect(provider.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect((await test.db.embeddingRun.findUniqueOrThrow({ where: { id } })).sealedApiKey).toBeNull();
    expect(JSON.stringify(await stateOf(id))).not.toContain(KEY);
  });

  it("goes on where it stood when it is stopped and taken up again", async () => {
    const { id } = await start();
    const stop = new AbortController();
    provider.answer((response, { body }) => {
      if (asked().length > 300) stop.abort(new Error("stopped"));
      json(response, vectorsOf(textsOf(body)));
    });
    await expect(run(id, stop.signal)).rejects.toThrow("stopped");
    const before = await test.db.recordVector.count({ where: { projectId: actor.projectId } });
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(RECORDS);
    const first = asked().length;
    answerAll();
    provider.answer((response, { body }) => json(response, vectorsOf(textsOf(body))));
    await run(id);
    expect(await stateOf(id)).toMatchObject({ status: "succeeded", done: RECORDS });
    // What was committed is not asked for again.
    expect(asked().length - first).toBe(RECORDS - before);
  });

  it("waits as long as the endpoint asks, and tries again", async () => {
    const { id } = await start();
    let refused = 0;
    provider.answer((response, { body }) => {
      if (refused++ < 2) json(response, { error: { message: "slow down" } }, 429, { "retry-after": "0" });
      else json(response, vectorsOf(textsOf(body)));
    });
    await run(id);
    expect(await stateOf(id)).toMatchObject({ status: "succeeded", done: RECORDS, failed: 0 });
  });

  it("ends with the reason when the key is refused, keeping what it has", async () => {
    const { id } = await start();
    provider.answer((response) => json(response, { error: { message: `bad key ${KEY}` } }, 401));
    await run(id);
    const state = await stateOf(id);
    expect(state).toMatchObject({ status: "failed", error: { code: "auth" } });
    expect(JSON.stringify(state)).not.toContain(KEY);
  });

  it("can be cancelled, and runs once a name", async () => {
    const { id } = await start();
    expect(await problemOf(start())).toEqual(["conflict", undefined]);
    provider.answer(async (response, { body }) => {
      await cancelEmbeddings(test.db, actor, { id });
      json(response, vectorsOf(textsOf(body)));
    });
    await run(id);
    expect((await stateOf(id))?.status).toBe("cancelled");
    const written = await test.db.recordVector.count({ where: { projectId: actor.projectId } });
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(RECORDS);
  });

  it("ends at once when it is cancelled before it began: nothing is asked for, the key is forgotten", async () => {
    const { id } = await start();
    expect(await cancelEmbeddings(test.db, actor, { id })).toMatchObject({ status: "cancelled" });
    await run(id);
    expect(provider.calls).toEqual([]);
    expect(await test.db.embeddingRun.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "cancelled",
      sealedApiKey: null,
    });
  });

  it("ends when the person who began it may no longer do so", async () => {
    const { id } = await start();
    provider.answer(async (response, { body }) => {
      await test.db.membership.updateMany({ where: { userId: actor.userId }, data: { role: "annotator" } });
      json(response, vectorsOf(textsOf(body)));
    });
    await run(id);
    expect(await stateOf(id)).toMatchObject({ status: "failed", error: { code: "forbidden" } });
    expect(asked().length).toBeLessThan(RECORDS);
  });

  it("writes no vector of a text that was changed or erased meanwhile, nor one that points nowhere", async () => {
    const { id } = await start();
    const which = (externalId: string) => ({
      projectId_externalId: { projectId: actor.projectId, externalId },
    });
    provider.answer(async (response, { body }) => {
      const texts = textsOf(body);
      if (texts.includes("text 0")) {
        await test.db.record.update({ where: which("r0"), data: { content: "", erasedAt: new Date() } });
        await test.db.record.update({ where: which("r1"), data: { content: "another text" } });
      }
      json(response, {
        data: texts.map((text, index) => ({ index, embedding: text === "text 2" ? [0, 1e-60] : [1, 1] })),
      });
    });
    await run(id);
    expect(await stateOf(id)).toMatchObject({ status: "succeeded", done: RECORDS - 3, failed: 1 });
    const without = await test.db.record.findMany({
      where: { projectId: actor.projectId, vectors: { none: {} } },
      orderBy: { position: "asc" },
    });
    expect(without.map(({ externalId }) => externalId)).toEqual(["r0", "r1", "r2"]);
  });

  it("is refused for an address that may not be called", async () => {
    const private_ = startEmbeddings(test.db, actor, {
      name: "v",
      model: "m",
      baseUrl: "http://10.0.0.1/v1",
    });
    expect(await problemOf(private_)).toEqual(["invalid", "baseUrl"]);
    expect(await problemOf(startEmbeddings(test.db, actor, { name: "v", model: "m" }))).toEqual([
      "invalid",
      "apiKey",
    ]);
  });
});
