import type { ChildProcess } from "node:child_process";
import { afterEach, expect, it } from "vitest";
import { queryRows, sql } from "@/server/platform/sql";
import { expireLeases } from "@/server/testing/expire-leases";
import { seededRandom } from "@/server/testing/seeded-random";
import { waitFor } from "@/server/testing/wait-for";
import { jobTests } from "../testing/harness";
import { kill, loadWorker } from "../testing/processes";
import { type Scenario, start, texts } from "../testing/scenario";

const { scenario, work, getDatabase } = jobTests();
const processes: ChildProcess[] = [];
const ITEMS = 8;
const LONGEST_WAIT = 150_000;

afterEach(() => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});

type Spending = { cap: number; spent: number; held: number; under: number; status: string };

/** Of each job: its cap, what it spent, and by how much its calls cost more than their bounds, micro-dollars. */
const spendings = (made: Scenario): Promise<Spending[]> =>
  queryRows(
    made.db,
    sql`select j."spendCapMicroUsd"::float8 as "cap", j."spentMicroUsd"::float8 as "spent",
        j."reservedMicroUsd"::float8 as "held", j."status"::text as "status",
        coalesce((select sum(greatest(0, i."costMicroUsd" - a."reservedMicroUsd")) from "JobItem" i
          join "JobAttempt" a on a."jobId" = i."jobId" and a."recordId" = i."recordId" and a."outcome" = 'answered'
          where i."projectId" = j."projectId" and i."jobId" = j."id"), 0)::float8 as "under"
      from "Job" j where j."projectId" = ${made.actor.projectId}::uuid`,
  );

async function startCapped(made: Scenario, count: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  for (let n = 0; n < count; n++)
    await start(made, {
      fresh: true,
      spendCapUsd: 0.05 + 1.5 * random(),
      concurrency: 1 + Math.floor(8 * random()),
    });
}

const areDone = async ({ db, actor: { projectId } }: Scenario) =>
  (await db.job.count({ where: { projectId, status: { notIn: ["paused", "succeeded"] } } })) === 0;

function expectKept(all: readonly Spending[]): void {
  for (const { cap, spent, held, under, status } of all) {
    expect(spent).toBeLessThanOrEqual(cap + under);
    expect(held).toBe(0);
    expect(["paused", "succeeded"]).toContain(status);
  }
}

it("keeps each of 200 caps", async () => {
  const price = { inputPerMillion: 1000, outputPerMillion: 2000 };
  const made = await scenario({ contents: texts(ITEMS), model: { price, max_tokens: 10 } });
  await work(made);
  await startCapped(made, 200, 3);
  await waitFor("the jobs", () => areDone(made), LONGEST_WAIT);
  const all = await spendings(made);
  expect(all).toHaveLength(200);
  expectKept(all);
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(["paused", "succeeded"]));
  expect(all.some(({ cap, spent }) => spent > 0.5 * cap)).toBe(true);
}, 200_000);

it("keeps caps though workers are killed", async () => {
  let silent = false;
  const price = { inputPerMillion: 1000, outputPerMillion: 2000 };
  const made = await scenario({
    contents: texts(ITEMS),
    model: { price, max_tokens: 10 },
    double: { fault: () => (silent ? { kind: "silence" } : { kind: "delay", ms: 25 }) },
  });
  const workers = await Promise.all([1, 2].map(() => loadWorker(getDatabase().url, processes)));
  await startCapped(made, 24, 4);
  const { projectId } = made.actor;
  for (const [at, { child, begin }] of workers.entries()) {
    begin();
    const least = 25 * (at + 1);
    await waitFor(
      "answers",
      async () => (await made.db.jobItem.count({ where: { projectId, answeredAt: { not: null } } })) >= least,
    );
    silent = true;
    await waitFor("a call in flight", () =>
      made.db.jobAttempt.count({ where: { projectId, outcome: null } }),
    );
    await kill(child);
    silent = false;
    await expireLeases(made.test.pool);
  }
  await work(made);
  await waitFor("the jobs", () => areDone(made), LONGEST_WAIT);
  expectKept(await spendings(made));
  expect(await made.db.jobAttempt.count({ where: { projectId, outcome: "uncertain" } })).toBeGreaterThan(0);
}, 200_000);
