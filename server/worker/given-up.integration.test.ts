import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { getBulkRun, startBulk } from "@/server/modules/bulk";
import { getImport, listEmbeddingRuns, startEmbeddings } from "@/server/modules/records";
import { changeSchema, listMappings, undoMapping } from "@/server/modules/schema-changes";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import type { TaskHandler } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { handlers } from "./handlers";

/** What its worker was killed with every time must end, so that nobody waits for it or is refused because of it. */
let test: TestDatabase;
let actor: ProjectActor;
beforeAll(async () => {
  completeEnv({
    authSecret: "a secret for tests that is long enough",
    encryptionKey: "a key for tests that is long enough too",
  });
  test = await createTestDatabase();
  actor = (await createTestProject(test.db)).administrator;
  const { projectId } = actor;
  await test.db.record.create({
    data: { id: newId(), projectId, externalId: "r", content: "a", position: 0 },
  });
});
afterAll(() => test.drop());

async function giveUp(kind: string): Promise<void> {
  const task = await test.db.task.findFirstOrThrow({ where: { kind } });
  const handler: TaskHandler | undefined = await handlers[kind]?.();
  await handler?.(task.payload, {
    db: test.db,
    pool: test.pool,
    signal: new AbortController().signal,
    attempt: task.maxAttempts + 1,
    givenUp: true,
    leaseToken: newId(),
    isCurrent: async () => true,
    log: { warn() {}, error() {} } as never,
  });
}

it("a bulk action ends as failed", async () => {
  const run = await startBulk(test.db, actor, {
    action: { type: "setMetadata", name: "a", value: 1 },
    query: {},
  });
  await giveUp("run-bulk");
  expect(await getBulkRun(test.db, actor, { id: run.id })).toMatchObject({
    status: "failed",
    changed: 0,
    error: { code: "internal" },
  });
});

it("a run of embeddings ends as failed, without its key, and another can begin", async () => {
  const start = () =>
    startEmbeddings(test.db, actor, { name: "v", model: "m", baseUrl: "http://1.2.3.4/v1", apiKey: "sk-1" });
  const { id } = await start();
  await giveUp("embed-records");
  const { items } = await listEmbeddingRuns(test.db, actor, { limit: 1 });
  expect(items).toMatchObject([{ id, status: "failed", error: { code: "internal" } }]);
  expect((await test.db.embeddingRun.findUniqueOrThrow({ where: { id } })).sealedApiKey).toBeNull();
  await start();
});

it("a mapping ends as failed, and can be undone", async () => {
  const labels = (values: string[]) => [
    { name: "s", level: "record", options: values.map((value) => ({ value, text: value })) },
  ];
  await changeSchema(test.db, actor, { labelSchema: labels(["a", "b"]) });
  await changeSchema(test.db, actor, {
    labelSchema: labels(["a"]),
    map: [{ label: "s", from: ["b"], to: ["a"] }],
  });
  await giveUp("map-labels");
  const [mapping] = (await listMappings(test.db, actor)).items;
  expect(mapping?.status).toBe("failed");
  expect(await undoMapping(test.db, actor, { id: mapping?.id ?? "" })).toEqual({ removed: 0 });
});

it("an import ends as failed", async () => {
  const id = newId();
  await test.db.importRun.create({
    data: {
      id,
      projectId: actor.projectId,
      status: "running",
      contentType: "text/csv",
      options: { format: "csv" },
      createdById: actor.userId,
    },
  });
  await test.db.task.create({
    data: { id: newId(), kind: "run-import", payload: { importId: id }, maxAttempts: 5 },
  });
  await giveUp("run-import");
  expect(await getImport(test.db, actor, { id })).toMatchObject({
    status: "failed",
    error: { code: "internal" },
  });
});
