import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import OpenAI from "openai";
import pino from "pino";
import { startJobInput } from "@/contracts/jobs";
import { type ProjectActor, proveMembership } from "@/server/modules/access";
import { renderPrompt } from "@/server/modules/agents";
import { cancelJob, getJob, hasEnded, runJob, startJob, watchJob } from "@/server/modules/jobs";
import { createProject, putSchema } from "@/server/modules/projects";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { createBatches, createLlm } from "@/server/platform/llm";
import { migrate } from "@/server/platform/migrate";
import { startWorker } from "@/server/platform/queue";
import { execute, sql } from "@/server/platform/sql";
import { createActor } from "@/server/testing/people";
import { median } from "./measure/median";

/**
 * A job, from its start to its report, against the bare `openai` client that sends the same requests at the same
 * concurrency and keeps nothing. The provider is a double in a process of its own that answers at once, after 50 ms, or
 * refuses what is beyond a number of calls a second; and what a worker's process needs of CPU and memory. Argument: `speed`, `rate` or `memory` for that part alone.
 */
const ONLY = process.argv[2];
const isAsked = (part: "speed" | "rate" | "memory") => ONLY === undefined || ONLY === part;
/** A job's start and end take 0.15 s whatever its size: with so many calls that is little, as in the jobs that matter. */
const CALLS = 5000;
const CONCURRENCY = 32;
const DELAYS = [
  { delayMs: 0, runs: 3, goal: 0.7 },
  { delayMs: 50, runs: 2, goal: 0.95 },
];
const LIMIT = 50;
const LIMITED_SECONDS = 45;
const SETTLED_AFTER = 30;
const SIZES = [1000, 100_000];
/** Milliseconds within which the large job must be done. */
const PATIENCE = 900_000;
const LOOK_MS = 1000;

const OPTIONS = [
  { value: "pos", text: "positive" },
  { value: "neg", text: "negative" },
  { value: "neu", text: "neutral" },
];
const SCHEMA = [{ name: "sentiment", level: "record" as const, options: OPTIONS }];
const PROMPT = { labels: ["sentiment"], answer: "text" as const };
const MODEL = { model: "double-1", temperature: 0, price: { inputPerMillion: 0.5, outputPerMillion: 1.5 } };
const TEXT = "@airline message #: two hours late again, and nobody at the gate knew anything about our bags.";
const textOf = (row: number) => TEXT.replace("#", `${row}`);

async function startDouble(...flags: string[]): Promise<{ child: ChildProcess; url: string }> {
  const script = path.resolve("server/testing/llm-double/double-process.ts");
  const options = OPTIONS.map(({ text }) => text);
  const child = spawn(process.execPath, ["--import", "tsx", script, ...flags, "Sentiment", ...options], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { child, url: String(line).trim() };
}

async function prepare(
  db: Db,
  baseUrl: string,
  records = CALLS,
): Promise<{ actor: ProjectActor; agentVersionId: string }> {
  const person = await createActor(db);
  const project = await createProject(db, person, { name: "Bench" });
  const actor = await proveMembership(db, person, project.id);
  await putSchema(db, actor, { labelSchema: SCHEMA });
  const projectId = project.id;
  await execute(
    db,
    sql`insert into "Record" ("id", "projectId", "externalId", "content", "position", "updatedAt")
      select gen_random_uuid(), ${projectId}::uuid, 'r' || n, replace(${TEXT}::text, '#', n::text), n, now()
      from generate_series(0, ${records}::int - 1) n`,
  );
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

function begin({ db, actor, agentVersionId }: JobToTime) {
  const input = startJobInput.parse({
    project: actor.projectSlug,
    agentVersionId,
    labels: ["sentiment"],
    labelMetadata: ["conf"],
    concurrency: CONCURRENCY,
    // Otherwise the second run would be answered from the cache.
    fresh: true,
  });
  return startJob(db, actor, input);
}

/** Milliseconds from the request that starts a job to its report. */
async function timeJob(job: JobToTime): Promise<number> {
  const { db, actor, listener } = job;
  const started = performance.now();
  const { id } = await begin(job);
  const end = new AbortController();
  for await (const seen of watchJob(db, actor, { id }, end.signal, listener)) {
    if (!hasEnded(seen)) continue;
    end.abort();
    const { called, callFailed, uncertain } = seen.counts;
    if (called !== CALLS || callFailed + uncertain > 0) throw new Error(JSON.stringify(seen.counts));
  }
  return performance.now() - started;
}

const answeredOf = (db: Db, jobId: string) =>
  db.jobItem.count({ where: { jobId, answeredAt: { not: null } } });

/** What the double of a limit lets through and refuses once the rate is found. */
async function measureLimit(job: JobToTime): Promise<void> {
  const { db, actor } = job;
  const { id } = await begin(job);
  await delay(SETTLED_AFTER * 1000);
  const count = () => db.jobAttempt.groupBy({ by: ["outcome"], where: { jobId: id }, _count: true });
  const of = (rows: Awaited<ReturnType<typeof count>>, outcome: string) =>
    rows.find((row) => row.outcome === outcome)?._count ?? 0;
  const [before, at] = [await count(), performance.now()];
  await delay((LIMITED_SECONDS - SETTLED_AFTER) * 1000);
  const [after, seconds] = [await count(), (performance.now() - at) / 1000];
  await cancelJob(db, actor, { id });
  const answered = of(after, "answered") - of(before, "answered");
  const refused = of(after, "failed") - of(before, "failed");
  const share = (100 * refused) / (answered + refused);
  console.log(
    `a provider of ${LIMIT} calls/s: ${(answered / seconds).toFixed(1)} answers/s after ${SETTLED_AFTER} s (goal ≥ ${0.9 * LIMIT}), ${share.toFixed(1)} % of calls refused (goal ≤ 5)`,
  );
}

/** Memory of a worker's own process, and its CPU time an item, from the start of a job to its end. */
async function measureProcess(job: JobToTime, databaseUrl: string, records: number): Promise<void> {
  const { db, actor } = job;
  const script = path.resolve("bench/measure/job-process.ts");
  const worker = spawn(process.execPath, ["--import", "tsx", script, databaseUrl], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(worker.stdout, "data");
  const started = performance.now();
  const { id } = await begin(job);
  while (!hasEnded(await getJob(db, actor, { id }))) {
    if (performance.now() - started > PATIENCE) throw new Error("The job did not end.");
    await delay(LOOK_MS);
  }
  const seconds = (performance.now() - started) / 1000;
  worker.stdin.write("end");
  const [said] = await once(worker.stdout, "data");
  const [kept, peak, cpu = Number.NaN] = String(said).split(" ").map(Number);
  const answered = await answeredOf(db, id);
  console.log(
    `a job of ${records} records: ${answered} answers in ${seconds.toFixed(0)} s, ${(cpu / answered).toFixed(2)} ms of CPU each, ${kept} MB left after full collections, ${peak} MB at most`,
  );
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
const doubles: ChildProcess[] = [];
try {
  await migrate(server.url);
  const settings = {
    openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
    allowedHosts: ["127.0.0.1:*"],
    trustedOrigins: [],
  };
  const llm = createLlm(settings);
  const batches = createBatches(settings);
  const worker = await startWorker({
    pool,
    db,
    listener,
    log: pino({ level: "warn" }, pino.destination(2)),
    concurrency: 1,
    handlers: {
      "run-job": async () => (payload, context) => runJob(payload, context, { llm, batches, listener }),
    },
  });
  for (const { delayMs, runs, goal } of isAsked("speed") ? DELAYS : []) {
    const { child, url } = await startDouble(`--delay=${delayMs}`);
    doubles.push(child);
    const { actor, agentVersionId } = await prepare(db, url);
    const ratios: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const bare = await timeBareClient(url);
      const job = await timeJob({ db, actor, agentVersionId, listener });
      // The first run only warms both up.
      if (run === 0) continue;
      ratios.push(bare / job);
      const rate = (milliseconds: number) => Math.round((CALLS * 1000) / milliseconds);
      console.log(`${delayMs} ms: openai client ${rate(bare)} calls/s, job ${rate(job)} calls/s`);
    }
    console.log(
      `job engine at a provider of ${delayMs} ms: ${median(ratios).toFixed(2)} × the calls/s of the bare openai client, ${CALLS} calls at ${CONCURRENCY} at a time (goal ≥ ${goal})`,
    );
  }
  if (isAsked("rate")) {
    const limited = await startDouble(`--limit=${LIMIT}`);
    doubles.push(limited.child);
    await measureLimit({ ...(await prepare(db, limited.url, LIMIT * LIMITED_SECONDS * 2)), db, listener });
  }
  await worker.stop();
  for (const records of isAsked("memory") ? SIZES : []) {
    const { child, url } = await startDouble("--delay=0");
    doubles.push(child);
    await measureProcess({ ...(await prepare(db, url, records)), db, listener }, server.url, records);
  }
} finally {
  for (const child of doubles) child.stdin?.end();
  await listener.close();
  await db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
