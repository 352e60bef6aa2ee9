import { beforeAll, describe, expect, it } from "vitest";
import { usualErrorPolicy } from "@/contracts/jobs";
import { deleteLlmKey, saveLlmKey } from "@/server/modules/llm-keys";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { pauseJob, resumeJob, retryFailed } from ".";
import { jobTests } from "./testing/harness";
import { type Scenario, start, texts } from "./testing/scenario";

const { scenario, work, until } = jobTests();

beforeAll(() => completeEnv({ encryptionKey: "k".repeat(43) }));

/** A key saved for the address of the scenario's double. */
async function save({ db, actor, double, test }: Scenario, apiKey: string): Promise<string> {
  // Saving checks the address, which is a loopback one here.
  const saved = await saveLlmKey(db, actor, { provider: "openai", apiKey });
  await test.pool.query(`update "LlmKey" set "baseUrl" = $1 where id = $2::uuid`, [double.url, saved.id]);
  return saved.id;
}

describe("a saved key", () => {
  it("is used where the job has none of its own, and the job keeps a reference only", async () => {
    const made = await scenario({ contents: texts(3) });
    const llmKeyId = await save(made, "saved-key");
    await work(made);
    const { id } = await start(made);
    await until(made, id);
    expect(new Set(made.double.calls.map(({ authorization }) => authorization))).toEqual(
      new Set(["Bearer saved-key"]),
    );
    const job = await made.db.job.findUniqueOrThrow({ where: { id } });
    expect(job).toMatchObject({ llmKeyId, sealedApiKey: null });

    const own = await start(made, { apiKey: "own-key", fresh: true });
    await until(made, own.id);
    expect(made.double.calls.slice(3).map(({ authorization }) => authorization)).toEqual(
      Array(3).fill("Bearer own-key"),
    );
  });

  it("that was deleted pauses the job instead of another key taking its place", async () => {
    const made = await scenario({ contents: texts(3) });
    const llmKeyId = await save(made, "saved-key");
    const { id } = await start(made);
    await deleteLlmKey(made.db, made.actor, { id: llmKeyId });
    await work(made);
    const paused = await until(made, id, ({ status }) => status === "paused");
    expect(paused).toMatchObject({ pausedReason: "auth", errors: [{ kind: "auth" }] });
    expect(made.double.calls).toEqual([]);
    await save(made, "next-key");
    await resumeJob(made.db, made.actor, { project: "", id });
    await until(made, id);
    expect(made.double.calls[0]?.authorization).toBe("Bearer next-key");
  });
});

describe("what becomes of an error", () => {
  it("is the job's to say: skip at once, or stop", async () => {
    const fault = () => ({ kind: "status" as const, status: 500 });
    const made = await scenario({ contents: texts(4), double: { fault } });
    await work(made);
    const skipped = await start(made, { errorPolicy: { provider_error: "skip" } });
    expect(await until(made, skipped.id)).toMatchObject({
      status: "succeeded",
      counts: { callFailed: 4 },
      maxRetries: 5,
      errorPolicy: { ...usualErrorPolicy, provider_error: "skip" },
    });
    expect(made.double.calls).toHaveLength(4);
    const stopped = await start(made, { errorPolicy: { provider_error: "stop" }, concurrency: 1 });
    expect(await until(made, stopped.id, ({ status }) => status === "paused")).toMatchObject({
      pausedReason: "error_policy",
      errors: [{ kind: "provider_error" }],
      counts: { callFailed: 0 },
    });
    expect(made.double.calls).toHaveLength(5);
  });
});

describe("final labels that use a job", () => {
  it("keep it from being asked again where calls were given up", async () => {
    const fault = () => ({ kind: "status" as const, status: 400 });
    const made = await scenario({ contents: texts(2), double: { fault } });
    const { db, actor } = made;
    await work(made);
    const { id } = await start(made);
    await until(made, id);
    const snapshot = { projectId: actor.projectId, labelName: "sentiment", policy: "majority", counts: {} };
    const person = { schemaVersion: 1, createdById: actor.userId };
    await db.aggregation.create({
      data: { ...snapshot, ...person, id: newId(), options: { annotators: [newId()] } },
    });
    made.double.setFault(undefined);
    expect(await retryFailed(db, actor, { project: "", id })).toMatchObject({ status: "running" });
    await until(made, id);
    made.double.setFault(fault);
    const again = await start(made, { fresh: true });
    await until(made, again.id);
    await db.aggregation.create({ data: { ...snapshot, ...person, id: newId(), options: {} } });
    await expect(retryFailed(db, actor, { project: "", id: again.id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Final labels"),
    });
    await expect(pauseJob(db, actor, { id: again.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});
