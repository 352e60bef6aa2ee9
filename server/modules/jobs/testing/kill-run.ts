import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Job } from "@/contracts/jobs";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { queryRows, sql } from "@/server/platform/sql";
import { expireLeases } from "@/server/testing/expire-leases";
import { faultMix, type SentCompletion } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { getJob, hasEnded } from "..";
import { kill, loadWorker } from "./processes";
import { createScenario, messagesFor, type Scenario, start, texts } from "./scenario";

export type KillRunOptions = {
  items: number;
  concurrency: number;
  seed: number;
  timeoutMs: number;
  /** The lease of a killed worker runs out at once instead of after some seconds. */
  hurry: boolean;
};

/** What the database holds of a job at its end, and what the provider's double saw of it. */
export type KillRunFindings = {
  job: Job;
  /** Answers that were committed when something was killed, and are others now. */
  changedAnswers: number;
  /** Calls that began after their item's answer had been committed. */
  callsAfterAnswer: number;
  /** Completions that the double sent beyond one for each item. */
  repeatedCompletions: number;
  /** Of these, those of items without as many calls that were uncertain or whose answer came too late. */
  unexplainedRepeats: number;
  uncertainAttempts: number;
  /** Calls whose answer came too late, if it came. */
  lateAttempts: number;
  /** Calls asked again after an uncertain one. */
  askedAgain: number;
  /** At each kill of a worker, the calls that it had open. */
  openAtKills: number[];
  /** Calls that were opened, without those that were put back before they were sent. */
  attempts: number;
  callsAtDouble: number;
  /** Items whose kept answer or tokens the double did not send. */
  foreignAnswers: number;
  spentMicroUsd: bigint;
  accountedMicroUsd: bigint;
  reservedMicroUsd: bigint;
};

/** Shares of the items after which a worker is killed, and the database. */
const WORKER_KILLS = [0.2, 0.4, 0.6];
const DATABASE_KILL = 0.8;
const LONGEST_WAIT = 600_000;

/**
 * A job at a provider that does everything wrong, while its workers are killed three times and the database once, all
 * by SIGKILL. The database is one of its own and waits for the disk, since it must outlive its own death.
 */
export async function runWithKills(options: KillRunOptions): Promise<KillRunFindings> {
  const dir = await mkdtemp(path.join(tmpdir(), "tandem-kills-"));
  const server = await startEmbeddedPostgres({
    dataDir: path.join(dir, "data"),
    onLost: (error) => {
      throw error;
    },
  });
  const pool = createPool(server.url);
  const db = createDb(pool);
  const children: ChildProcess[] = [];
  try {
    await migrate(server.url);
    const made = await createScenario(
      { url: server.url, db, pool, drop: async () => undefined },
      {
        contents: texts(options.items),
        model: { price: { inputPerMillion: 1, outputPerMillion: 2 }, max_tokens: 20 },
        double: { fault: faultMix({ seed: options.seed, share: 0.3, slowShare: 0.03 }) },
      },
    );
    try {
      const run = { made, children, killDatabase: () => process.kill(server.pid(), "SIGKILL") };
      return await killAndCount(options, run);
    } finally {
      await made.listener.close();
      await made.double.close();
    }
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await db.$disconnect();
    await pool.end();
    await server.stop();
    await rm(dir, { recursive: true });
  }
}

type Run = { made: Scenario; children: ChildProcess[]; killDatabase(): void };

async function killAndCount(options: KillRunOptions, { made, children, killDatabase }: Run) {
  const { items, concurrency, timeoutMs } = options;
  const committed = new Map<string, string | null>();
  const openAtKills: number[] = [];
  const { id } = await start(made, { concurrency, timeoutMs, maxRetries: 8, fresh: true });
  const count = WORKER_KILLS.length + 1;
  const workers = await Promise.all(Array.from({ length: count }, () => loadWorker(made.test.url, children)));
  let changedAnswers = 0;
  const compare = async () => {
    for (const { recordId, rawAnswer } of await answersOf(made.db, id)) {
      if (committed.has(recordId) && committed.get(recordId) !== rawAnswer) changedAnswers += 1;
      committed.set(recordId, rawAnswer);
    }
  };
  for (const [at, share] of [...WORKER_KILLS, DATABASE_KILL].entries()) {
    const worker = workers[at];
    if (!worker) throw new Error("There are as many workers as kills.");
    if (at > 0 && options.hurry) await expireLeases(made.test.pool);
    worker.begin();
    await waitFor(
      `${share * 100} % of the answers`,
      async () => (await countAnswers(made.db, id)) >= share * items,
      LONGEST_WAIT,
    );
    if (at < WORKER_KILLS.length) {
      await kill(worker.child);
      openAtKills.push(await made.db.jobAttempt.count({ where: { jobId: id, outcome: null } }));
    } else killDatabase();
    await waitFor(
      "the database",
      () =>
        compare().then(
          () => true,
          () => false,
        ),
      60_000,
    );
  }
  await waitFor("the end", () => hasJobEnded(made.db, id), LONGEST_WAIT);
  await compare();
  return { ...(await find(made, id)), changedAnswers, openAtKills };
}

async function find(made: Scenario, id: string) {
  const { db, double, actor } = made;
  const rows = await queryRows<{
    content: string;
    raw: string | null;
    uncertain: number;
    attempts: number;
    late: number;
    later: number;
    tokens: number | null;
    estimated: boolean;
    cost: number;
  }>(
    db,
    sql`select r."content", i."rawAnswer" as "raw", i."promptTokens" as "tokens", i."tokensEstimated" as "estimated",
        coalesce(i."costMicroUsd", 0)::float8 as "cost", count(a."id") filter (where a."errorKind" is distinct from 'not_asked')::int as "attempts",
        count(*) filter (where a."outcome" = 'uncertain')::int as "uncertain",
        count(*) filter (where a."outcome" = 'failed' and a."errorKind" = 'timeout')::int as "late",
        count(*) filter (where a."startedAt" > i."answeredAt")::int as "later"
      from "JobItem" i join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
        left join "JobAttempt" a on a."jobId" = i."jobId" and a."recordId" = i."recordId"
      where i."jobId" = ${id}::uuid group by i."projectId", i."jobId", i."recordId", r."content"`,
  );
  const sent = new Map<string, SentCompletion[]>();
  for (const completion of double.completions)
    sent.set(completion.prompt, [...(sent.get(completion.prompt) ?? []), completion]);
  const promptOf = (content: string) => messagesFor(content).at(-1)?.content ?? "";
  const repeats = rows.map((row) => {
    const completions = sent.get(promptOf(row.content)) ?? [];
    const beyond = Math.max(0, completions.length - (row.raw === null ? 0 : 1));
    const known = completions.some(
      ({ text, usage }) =>
        text === row.raw && (row.estimated || usage === null || usage.prompt === row.tokens),
    );
    return {
      beyond,
      unexplained: Math.max(0, beyond - row.uncertain - row.late),
      foreign: row.raw !== null && !known,
    };
  });
  const uncertain = await db.jobAttempt.aggregate({
    where: { jobId: id, outcome: "uncertain" },
    _sum: { reservedMicroUsd: true },
    _count: true,
  });
  const paid = await db.jobItem.aggregate({ where: { jobId: id }, _sum: { costMicroUsd: true } });
  const { spentMicroUsd, reservedMicroUsd } = await db.job.findUniqueOrThrow({ where: { id } });
  const total = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((sum, one) => sum + of(one), 0);
  return {
    job: await getJob(db, actor, { id }),
    callsAfterAnswer: total(rows, ({ later }) => later),
    repeatedCompletions: total(repeats, ({ beyond }) => beyond),
    unexplainedRepeats: total(repeats, ({ unexplained }) => unexplained),
    foreignAnswers: repeats.filter(({ foreign }) => foreign).length,
    uncertainAttempts: uncertain._count,
    lateAttempts: total(rows, ({ late }) => late),
    askedAgain: total(rows, (row) => Math.min(row.uncertain, row.attempts - 1)),
    attempts: total(rows, ({ attempts }) => attempts),
    callsAtDouble: double.calls.length,
    spentMicroUsd,
    reservedMicroUsd,
    accountedMicroUsd: (paid._sum.costMicroUsd ?? 0n) + (uncertain._sum.reservedMicroUsd ?? 0n),
  };
}

const countAnswers = (db: Db, jobId: string) =>
  db.jobItem.count({ where: { jobId, answeredAt: { not: null } } }).catch(() => 0);

const answersOf = (db: Db, jobId: string) =>
  db.jobItem.findMany({
    where: { jobId, answeredAt: { not: null } },
    select: { recordId: true, rawAnswer: true },
  });

const hasJobEnded = (db: Db, id: string) =>
  db.job.findUniqueOrThrow({ where: { id }, select: { status: true } }).then(hasEnded, () => false);
