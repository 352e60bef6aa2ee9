import { spawn } from "node:child_process";
import { once } from "node:events";
import pino from "pino";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { AggregationSnapshot } from "@/contracts/aggregation";
import { openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { startWorker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { expireLeases } from "@/server/testing/expire-leases";
import { holdWrites } from "@/server/testing/hold-writes";
import { addJob, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { nodeWords } from "@/server/testing/node-words";
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import {
  cancelAggregation,
  createAggregation,
  getAggregation,
  makeAggregation,
  previewAggregation,
  requireReady,
  watchAggregations,
} from ".";

/** With the labels of two jobs, more than are settled at once; far apart, so that there are many batches. */
const RECORDS = 26_000;
const APART = 20;
const LONGEST_WAIT = 120_000;

let test: TestDatabase;
let world: LabelledProject;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db);
  const { id } = world.project;
  const jobs = [await addJob(world), await addJob(world)];
  await test.pool.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "position")
     select uuidv7(), $1::uuid, 'r' || n, 'text', n * ${APART} from generate_series(1, ${RECORDS}) n`,
    [id],
  );
  // Both jobs say "pos" of every second record, and differ on every fourth.
  await test.pool.query(
    `insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "value", "schemaVersion")
     select uuidv7(), $1::uuid, r."id", j.id, 'sentiment', 'record',
       array[case when r."position" / ${APART} % 2 = 0 then 'pos' when r."position" / ${APART} % 4 = 1 and j.at = 2 then 'neu'
         else 'neg' end], 1
     from "Record" r cross join unnest($2::uuid[]) with ordinality j (id, at) where r."projectId" = $1::uuid`,
    [id, jobs],
  );
  await test.pool.query("analyze");
}, LONGEST_WAIT);
afterAll(() => test.drop());

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

const asked = { label: "sentiment", policy: "majority" } as const;
const create = () => createAggregation(test.db, world.member, asked);
const read = ({ id }: { id: string }) =>
  getAggregation(test.db, world.member, { id, limit: 1000, show: "all" });
const countRows = ({ id }: { id: string }) => test.db.finalLabel.count({ where: { aggregationId: id } });
const ended = ({ id }: AggregationSnapshot) =>
  waitFor(
    "the snapshot",
    () => test.db.aggregation.findFirst({ where: { id, status: { not: "running" } } }),
    LONGEST_WAIT,
  );

async function startHere(): Promise<void> {
  const { pool, db } = test;
  const listener = openEventListener(test.url);
  const log = pino({ level: "silent" });
  const worker = await startWorker({ pool, db, listener, log, concurrency: 1, handlers });
  running.push(async () => {
    await worker.stop();
    await listener.close();
  });
}

it(
  "of many labels is made in the background, from nothing to ready",
  async () => {
    const snapshot = await create();
    expect(snapshot).toMatchObject({ status: "running", progress: 0, error: null, counts: { records: 0 } });
    expect(await read(snapshot)).toMatchObject({ items: [], total: 0, nextCursor: null });
    expect(await errorCode(Promise.resolve(snapshot).then(requireReady))).toBe("snapshot_not_ready");

    await startHere();
    await ended(snapshot);
    const made = await read(snapshot);
    expect(made).toMatchObject({ status: "ready", progress: null, error: null, total: RECORDS });
    expect(made.counts).toEqual({
      records: RECORDS,
      decided: (RECORDS * 3) / 4,
      ties: RECORDS / 4,
      reconciled: 0,
      accepted: 0,
      verified: 0,
      differing: RECORDS / 4,
      distribution: { pos: RECORDS / 2, neg: RECORDS / 4 },
    });
    expect(await countRows(snapshot)).toBe(RECORDS);
    expect(made.items.slice(0, 4).map(({ externalId, value, tie }) => [externalId, value, tie])).toEqual([
      ["r1", null, ["neg", "neu"]],
      ["r2", ["pos"], undefined],
      ["r3", ["neg"], undefined],
      ["r4", ["pos"], undefined],
    ]);
    expect(() => requireReady(made)).not.toThrow();
    expect(await errorCode(cancelAggregation(test.db, world.member, snapshot))).toBe("conflict");

    const preview = await previewAggregation(test.db, world.member, asked);
    const { sampled = 0, of, margin = 1 } = preview.estimate ?? {};
    expect(of).toBe(RECORDS);
    expect(sampled).toBeGreaterThan(15_000);
    expect(sampled).toBeLessThan(RECORDS);
    expect(margin).toBeLessThan(0.01);
    expect(preview.counts.records).toBe(RECORDS);
    // Five times the margin: by chance alone never, in any number of runs.
    expect(Math.abs(preview.counts.ties / RECORDS - 1 / 4)).toBeLessThan(5 * margin);
    expect(preview.changes).toEqual({ snapshot: snapshot.id, added: 0, changed: 0, removed: 0 });
  },
  2 * LONGEST_WAIT,
);

it(
  "whose worker is killed leaves nothing, and is made by the next one",
  async () => {
    const snapshot = await create();
    const held = await holdWrites(test.pool, "Aggregation", `old."progress" > 0`);
    const words = nodeWords("server/testing/full-worker-process.ts");
    const child = spawn(process.execPath, [...words, test.url], { stdio: "inherit" });
    const exit = once(child, "exit");
    await held.reached();
    child.kill("SIGKILL");
    await exit;
    await held.end();
    await expireLeases(test.pool);
    expect(await read(snapshot)).toMatchObject({ status: "running", items: [] });
    expect(await countRows(snapshot)).toBe(0);
    await startHere();
    await ended(snapshot);
    expect(await read(snapshot)).toMatchObject({ status: "ready", counts: { records: RECORDS } });
    expect(await countRows(snapshot)).toBe(RECORDS);
  },
  2 * LONGEST_WAIT,
);

it("that was cancelled stays without rows, whatever the worker does", async () => {
  const snapshot = await create();
  const cancelled = await cancelAggregation(test.db, world.member, snapshot);
  expect(cancelled).toMatchObject({ status: "failed", progress: null, error: { code: "cancelled" } });
  expect(await cancelAggregation(test.db, world.member, snapshot)).toEqual(cancelled);
  await startHere();
  await waitFor("the task", async () => (await test.db.task.count()) === 0, LONGEST_WAIT);
  expect(await read(snapshot)).toMatchObject({ status: "failed", items: [] });
  expect(await countRows(snapshot)).toBe(0);
});

it(
  "is not written by a worker that has lost its task",
  async () => {
    const snapshot = await create();
    const { db, pool } = test;
    const context = { db, pool, attempt: 1, leaseToken: newId(), signal: new AbortController().signal };
    const payload = { projectId: world.project.id, id: snapshot.id };
    await expect(makeAggregation(context, payload)).rejects.toThrow("Another worker");
    expect(await countRows(snapshot)).toBe(0);
    expect(await read(snapshot)).toMatchObject({ status: "running" });
    await makeAggregation({ ...context, attempt: 100 }, payload);
    expect(await read(snapshot)).toMatchObject({ status: "failed", error: { code: "internal" } });
  },
  2 * LONGEST_WAIT,
);

it("is told of to whoever watches; no more than five are made at once", async () => {
  const listener = openEventListener(test.url);
  const over = new AbortController();
  const seen = watchAggregations(test.db, world.member, over.signal, listener);
  await seen.next();
  const begun = await create();
  const { value = [] } = await seen.next();
  expect(value[0]).toMatchObject({ id: begun.id, status: "running" });
  over.abort();
  await seen.return(undefined);
  await listener.close();

  const all = [begun, await create(), await create(), await create(), await create()];
  expect(await errorCode(create())).toBe("too_many_runs");
  for (const one of all) await cancelAggregation(test.db, world.member, one);
});
