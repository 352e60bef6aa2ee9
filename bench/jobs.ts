import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import OpenAI from "openai";
import pino from "pino";
import { startJobInput } from "@/contracts/jobs";
import { type ProjectActor, proveMembership } from "@/server/modules/access";
import { renderPrompt } from "@/server/modules/agents";
import { hasEnded, runJob, startJob, watchJob } from "@/server/modules/jobs";
import { createProject, putSchema } from "@/server/modules/projects";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { createLlm } from "@/server/platform/llm";
import { migrate } from "@/server/platform/migrate";
import { startWorker } from "@/server/platform/queue";
import { createActor } from "@/server/testing/people";
import { median } from "./measure/median";

/**
 * A job, from its start to its report, against the bare `openai` client that sends the same requests at the same
 * concurrency and keeps nothing. The provider is a double in a process of its own that answers at once.
 */
const CALLS = 2000;
const CONCURRENCY = 32;
const RUNS = 5;

const OPTIONS = [
  { value: "pos", text: "positive" },
  { value: "neg", text: "negative" },
  { value: "neu", text: "neutral" },
];
const SCHEMA = [{ name: "sentiment", level: "record" as const, options: OPTIONS }];
const PROMPT = { labels: ["sentiment"], answer: "text" as const };
const MODEL = { model: "double-1", temperature: 0, price: { inputPerMillion: 0.5, outputPerMillion: 1.5 } };
const textOf = (row: number) =>
  `@airline message ${row}: two hours late again, and nobody at the gate knew anything about our bags.`;

async function startDouble(): Promise<{ child: ChildProcess; url: string }> {
  const script = path.resolve("server/testing/llm-double/double-process.ts");
  const options = OPTIONS.map(({ text }) => text);
  const child = spawn(process.execPath, ["--import", "tsx", script, "Sentiment", ...options], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { child, url: String(line).trim() };
}

async function prepare(db: Db, baseUrl: string): Promise<{ actor: ProjectActor; agentVersionId: string }> {
  const person = await createActor(db);
  const project = await createProject(db, person, { name: "Bench" });
  const actor = await proveMembership(db, person, project.id);
  await putSchema(db, actor, { labelSchema: SCHEMA });
  const projectId = project.id;
  await db.record.createMany({
    data: Array.from({ length: CALLS }, (_, row) => ({
      id: newId(),
      projectId,
      externalId: `r${row}`,
      content: textOf(row),
      position: row,
    })),
  });
  const agentId = newId();
  const createdById = actor.userId;
  await db.agent.create({ data: { id: agentId, projectId, name: "Bench", createdById } });
  const { id } = await db.agentVersion.create({
    data: {
      id: newId(),
      projectId,
      agentId,
      version: 1,
      provider: "openai:chat",
      baseUrl,
      model: MODEL,
      prompt: PROMPT,
      template: "",
      createdById,
    },
  });
  return { actor, agentVersionId: id };
}

/** Milliseconds of the same requests by the bare client. */
async function timeBareClient(baseURL: string): Promise<number> {
  const client = new OpenAI({ apiKey: "none", baseURL, maxRetries: 0 });
  const { price: _price, ...parameters } = MODEL;
  let next = 0;
  const lane = async () => {
    while (next < CALLS) {
      const { messages } = renderPrompt(SCHEMA, PROMPT, { content: textOf(next++) });
      await client.chat.completions.create({ ...parameters, messages, logprobs: true, top_logprobs: 20 });
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return performance.now() - started;
}

type JobToTime = { db: Db; actor: ProjectActor; agentVersionId: string; listener: EventListener };

/** Milliseconds from the request that starts a job to its report. */
async function timeJob({ db, actor, agentVersionId, listener }: JobToTime): Promise<number> {
  const input = startJobInput.parse({
    project: actor.projectSlug,
    agentVersionId,
    labels: ["sentiment"],
    labelMetadata: ["conf"],
    concurrency: CONCURRENCY,
    // Otherwise the second run would be answered from the cache.
    fresh: true,
  });
  const started = performance.now();
  const { id } = await startJob(db, actor, input);
  const end = new AbortController();
  for await (const job of watchJob(db, actor, { id }, end.signal, listener)) {
    if (!hasEnded(job)) continue;
    end.abort();
    const { called, callFailed, uncertain } = job.counts;
    if (called !== CALLS || callFailed + uncertain > 0) throw new Error(JSON.stringify(job.counts));
  }
  return performance.now() - started;
}

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
const server = await startEmbeddedPostgres({
  dataDir: path.join(dir, "data"),
  onLost: (error) => {
    throw error;
  },
});
const pool = createPool(server.url);
const db = createDb(pool);
const listener = openEventListener(server.url);
const { child, url } = await startDouble();
try {
  await migrate(server.url);
  const llm = createLlm({
    openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
    allowedHosts: ["127.0.0.1:*"],
    trustedOrigins: [],
  });
  const worker = await startWorker({
    pool,
    db,
    listener,
    log: pino({ level: "warn" }, pino.destination(2)),
    concurrency: 1,
    handlers: {
      "run-job": async () => (payload, context) => runJob(payload, context, { llm, listener }),
    },
  });
  const { actor, agentVersionId } = await prepare(db, url);
  const ratios: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const bare = await timeBareClient(url);
    const job = await timeJob({ db, actor, agentVersionId, listener });
    // The first run only warms both up.
    if (run === 0) continue;
    ratios.push(bare / job);
    const rate = (milliseconds: number) => Math.round((CALLS * 1000) / milliseconds);
    console.log(`run ${run}: openai client ${rate(bare)} calls/s, job ${rate(job)} calls/s`);
  }
  console.log(
    `job engine: ${median(ratios).toFixed(2)} × the calls/s of the bare openai client at ${CONCURRENCY} at a time (goal ≥ 0.5)`,
  );
  await worker.stop();
} finally {
  child.stdin?.end();
  await listener.close();
  await db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
