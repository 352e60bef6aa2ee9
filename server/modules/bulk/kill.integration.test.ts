import { spawn } from "node:child_process";
import { once } from "node:events";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BulkRun } from "@/contracts/bulk";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { startWorker, type Worker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { expireLeases } from "@/server/testing/expire-leases";
import { holdWrites } from "@/server/testing/hold-writes";
import { createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { nodeWords } from "@/server/testing/node-words";
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import { getBulkRun, startBulk, undoBulk } from ".";

/** So many batches that a worker can be killed between the first and the last. */
const RECORDS = 30_000;
const LONGEST_WAIT = 120_000;

let test: TestDatabase;
let made: LabelledProject;
let listener: EventListener;
const workers: Worker[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  listener = openEventListener(test.url);
  made = await createLabelledProject(test.db);
  await test.pool.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "position")
     select gen_random_uuid(), $1::uuid, 'e' || n, 'text', n from generate_series(1, ${RECORDS}) n`,
    [made.project.id],
  );
}, LONGEST_WAIT);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await listener.close();
  await test.drop();
});

const state = (run: BulkRun) => getBulkRun(test.db, made.member, run);

/** A worker in a process of its own, killed in its second batch, as `counted` tells. */
async function killInSecondBatch(run: BulkRun, counted: "done" | "undoDone"): Promise<BulkRun> {
  const held = await holdWrites(test.pool, "BulkRun", `old."${counted}" > 0`);
  const words = nodeWords("server/testing/full-worker-process.ts");
  const child = spawn(process.execPath, [...words, test.url], { stdio: "inherit" });
  const ended = once(child, "exit");
  await held.reached();
  child.kill("SIGKILL");
  await ended;
  await held.end();
  await expireLeases(test.pool);
  return state(run);
}

/** A worker here, which takes over when the lease of the dead one is over. */
async function takeOver(): Promise<void> {
  const { pool, db } = test;
  const log = pino({ level: "silent" });
  workers.push(await startWorker({ pool, db, listener, log, concurrency: 1, handlers }));
}

it(
  "a run, and its undo, whose worker is killed go on where they stood, and do nothing twice",
  async () => {
    const run = await startBulk(test.db, made.member, {
      action: { type: "label", name: "sentiment", value: ["pos"] },
      query: {},
    });
    const killed = await killInSecondBatch(run, "done");
    expect(killed).toMatchObject({ status: "running", changed: killed.done });
    expect(killed.done).toBeGreaterThan(0);
    expect(killed.done).toBeLessThan(RECORDS);
    expect(await test.db.annotation.count({ where: { projectId: made.project.id } })).toBe(killed.done);

    await takeOver();
    await waitFor("the run", async () => (await state(run)).status === "succeeded", LONGEST_WAIT);
    expect(await state(run)).toMatchObject({ done: RECORDS, changed: RECORDS, skipped: [], error: null });
    const { rows } = await test.pool.query(
      `select count(*)::int as "events", count(distinct "recordId")::int as "records" from "AnnotationEvent"`,
    );
    expect(rows).toEqual([{ events: RECORDS, records: RECORDS }]);

    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await undoBulk(test.db, made.member, run);
    const halfway = await killInSecondBatch(run, "undoDone");
    expect(halfway).toMatchObject({ status: "undoing" });
    expect(halfway.undo?.done).toBeGreaterThan(0);
    expect(halfway.undo?.done).toBeLessThan(RECORDS);
    await takeOver();
    await waitFor("the undo", async () => (await state(run)).status === "undone", LONGEST_WAIT);
    expect(await state(run)).toMatchObject({ undo: { done: RECORDS, restored: RECORDS, skipped: [] } });
    expect(await test.db.annotation.count({ where: { projectId: made.project.id } })).toBe(0);
  },
  4 * LONGEST_WAIT,
);
