import http from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import pino from "pino";
import { beforeAll, expect, it } from "vitest";
import { listLlmKeys, saveLlmKey } from "@/server/modules/llm-keys";
import { completeEnv } from "@/server/platform/env";
import { metricsRegistry } from "@/server/platform/metrics";
import { startWorker } from "@/server/platform/queue";
import { findLeaks } from "@/server/testing/find-leaks";
import { listJobs, runJob } from ".";
import { jobTests } from "./testing/harness";
import { fastPace, type Scenario, start } from "./testing/scenario";

const { scenario, until, items } = jobTests();
const JOB_KEY = "sk-canary-of-the-job-7f3a91";
const SAVED_KEY = "sk-canary-of-the-project-52c08e";
const TEXT = "canary text of a record 91be77 that no log may hold";

beforeAll(() => completeEnv({ encryptionKey: "k".repeat(43) }));

/** A provider that repeats all it was sent in its refusals, as some do. */
async function startParrot(status: number): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    const said = `you sent ${request.headers.authorization} to ${request.url}`;
    response.end(JSON.stringify({ error: { message: said, code: null } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}

/** A worker that logs all there is to log. */
async function workLoudly({ test, llm, batches, listener }: Scenario, lines: string[]) {
  const { pool, db } = test;
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return startWorker({
    pool,
    db,
    listener,
    log: pino({ level: "trace" }, sink),
    concurrency: 2,
    handlers: {
      "run-job": async () => (payload, context) =>
        runJob(payload, context, { llm, batches, pace: fastPace, listener }),
    },
  });
}

it("tells neither keys nor texts to logs, and keys to nobody, though the provider repeats them", async () => {
  const lines: string[] = [];
  const outputs: Record<string, string> = {};
  const canaries = { "the job's key": JOB_KEY, "the project's key": SAVED_KEY };
  for (const status of [400, 401, 500]) {
    const parrot = await startParrot(status);
    const made = await scenario({ contents: [TEXT, `${TEXT} again`], baseUrl: parrot.url });
    const saved = await saveLlmKey(made.db, made.actor, { provider: "openai", apiKey: SAVED_KEY });
    await made.db.llmKey.update({ where: { id: saved.id }, data: { baseUrl: parrot.url } });
    const worker = await workLoudly(made, lines);
    for (const input of [{ apiKey: JOB_KEY }, {}]) {
      const { id } = await start(made, { ...input, fresh: true, maxRetries: 1 });
      const job = await until(made, id, ({ status: now }) => now === "succeeded" || now === "paused");
      outputs[`job ${status}`] = JSON.stringify(job);
      outputs[`items ${status}`] = JSON.stringify(await items(made, id));
    }
    outputs[`list ${status}`] = JSON.stringify(
      await listJobs(made.db, made.actor, { project: "", limit: 10 }),
    );
    outputs[`keys ${status}`] = JSON.stringify(await listLlmKeys(made.db, made.actor));
    const { rows } = await made.test.pool.query(
      `select (select json_agg(a) from "AuditEvent" a)::text as audit, (select json_agg(t) from "Task" t)::text as tasks,
        (select json_agg(t) from "JobAttempt" t)::text as attempts, (select json_agg(i) from "JobItem" i)::text as items,
        (select json_agg(j) from "Job" j)::text as jobs, (select json_agg(k) from "LlmKey" k)::text as keys`,
    );
    outputs[`rows ${status}`] = JSON.stringify(rows);
    await worker.stop();
    parrot.close();
  }
  outputs.metrics = await metricsRegistry().metrics();
  expect(outputs.metrics).toContain('tandem_job_calls_total{provider="openai:chat",outcome="bad_request"}');
  expect(findLeaks({ text: TEXT }, { metrics: outputs.metrics })).toEqual([]);
  expect(findLeaks(canaries, { ...outputs, logs: lines.join("") })).toEqual([]);
  // The search itself finds what is there.
  expect(findLeaks({ text: TEXT }, { items: outputs["items 400"] ?? "" })).toEqual(["text in items"]);
  expect(findLeaks({ text: TEXT }, { logs: lines.join("") })).toEqual([]);
});
