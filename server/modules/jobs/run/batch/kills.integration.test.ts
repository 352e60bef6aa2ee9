import type { ChildProcess } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { expireLeases } from "@/server/testing/expire-leases";
import { createGate } from "@/server/testing/gate";
import { waitFor } from "@/server/testing/wait-for";
import { jobTests } from "../../testing/harness";
import { kill, loadWorker } from "../../testing/processes";
import { findBatches, type Scenario, start, texts } from "../../testing/scenario";

const { scenario, work, until, getDatabase } = jobTests();
const processes: ChildProcess[] = [];
/** A process takes seconds to load on a busy machine. */
const SLOW = 180_000;

afterEach(() => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});

/** A job in batches, whose worker is killed when `isThere` says so. */
async function killedWhen(made: Scenario, isThere: (id: string) => Promise<boolean>): Promise<string> {
  const { child, begin } = await loadWorker(getDatabase().url, processes);
  const { id } = await start(made, { mode: "batch" });
  begin();
  await waitFor("the moment of the kill", () => isThere(id));
  await kill(child);
  return id;
}

async function goOn(made: Scenario, id: string) {
  await expireLeases(made.test.pool);
  await work(made);
  return until(made, id);
}

const asked = (made: Scenario) => made.double.batches.made.flatMap(({ lines }) => lines).length;
const isBeingSent = async (made: Scenario, jobId: string) =>
  (await made.db.jobBatch.count({ where: { jobId, status: "sending" } })) === 1;
const stepCount = (made: Scenario, step: "create" | "upload") => made.double.batches.requests.get(step) ?? 0;

async function withRecords(count: number): Promise<Scenario> {
  const made = await scenario({ contents: texts(count), double: { invalidShare: 0 } });
  await findBatches(made);
  return made;
}

describe("a worker killed in the middle of a batch", () => {
  it(
    "before the batch is made: the records are handed in by the next one, and once",
    async () => {
      const made = await withRecords(20);
      made.double.batches.behave({ beforeCreate: new Promise(() => undefined) });
      const id = await killedWhen(made, async () => stepCount(made, "create") === 1);
      expect(await isBeingSent(made, id)).toBe(true);
      made.double.batches.behave({ beforeCreate: null });
      const job = await goOn(made, id);
      expect(job).toMatchObject({ status: "succeeded", counts: { called: 20, parsed: 20, uncertain: 0 } });
      expect(asked(made)).toBe(20);
    },
    SLOW,
  );

  it(
    "before the answer that it is made: the next one finds it",
    async () => {
      const made = await withRecords(20);
      made.double.batches.behave({ afterCreate: new Promise(() => undefined) });
      const id = await killedWhen(made, async () => made.double.batches.made.length === 1);
      const job = await goOn(made, id);
      expect(job).toMatchObject({ status: "succeeded", counts: { called: 20, parsed: 20, uncertain: 0 } });
      expect(made.double.batches.made).toHaveLength(1);
    },
    SLOW,
  );

  it(
    "between that answer and its commit: the next one finds it",
    async () => {
      const made = await withRecords(20);
      const create = createGate();
      made.double.batches.behave({ beforeCreate: create.passed });
      const locker = await made.test.pool.connect();
      try {
        const id = await killedWhen(made, async (jobId) => {
          if (stepCount(made, "create") === 0) return false;
          await locker.query("begin");
          await locker.query(`select 1 from "JobBatch" where "jobId" = $1 for update`, [jobId]);
          create.open();
          await waitFor("the commit that can't go on", async () => {
            const { rowCount } = await locker.query(
              `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
            );
            return (rowCount ?? 0) > 0;
          });
          return true;
        });
        // Its statement would be carried out after its death.
        await locker.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where wait_event_type = 'Lock' and datname = current_database()`);
        await locker.query("rollback");
        expect(await isBeingSent(made, id)).toBe(true);
        const job = await goOn(made, id);
        expect(job).toMatchObject({ status: "succeeded", counts: { called: 20, parsed: 20, uncertain: 0 } });
        expect(made.double.batches.made).toHaveLength(1);
      } finally {
        locker.release();
      }
    },
    SLOW,
  );

  it(
    "while it reads results: the next one goes on, and nothing is asked or changed again",
    async () => {
      const made = await withRecords(500);
      const answered = (jobId: string) =>
        made.db.jobItem.findMany({
          where: { jobId, answeredAt: { not: null } },
          select: { recordId: true, rawAnswer: true, answeredAt: true },
        });
      const rest = createGate();
      made.double.batches.behave({ pause: { lines: 250, until: rest.passed } });
      const id = await killedWhen(made, async (jobId) => (await answered(jobId)).length === 200);
      const before = await answered(id);
      rest.open();
      made.double.batches.behave({ pause: null });
      const job = await goOn(made, id);
      expect(job).toMatchObject({ status: "succeeded", counts: { called: 500, parsed: 500, uncertain: 0 } });
      expect(asked(made)).toBe(500);
      expect(await answered(id)).toEqual(expect.arrayContaining(before));
      expect(await made.db.jobAttempt.count({ where: { jobId: id } })).toBe(500);
    },
    SLOW,
  );

  it(
    "while attempts are written: nothing was handed in, and all is as before",
    async () => {
      const made = await withRecords(1200);
      // Should the worker be quicker than the lock, it gets no further than this.
      made.double.batches.behave({ beforeCreate: new Promise(() => undefined) });
      const locker = await made.test.pool.connect();
      try {
        const id = await killedWhen(made, async (jobId) => {
          const begun = await made.db.jobAttempt.count({ where: { jobId } });
          if (begun === 0) return false;
          // The next of its statements on the batch can't go on.
          await locker.query("begin");
          await locker.query(`lock table "JobBatch" in exclusive mode`);
          return true;
        });
        await locker.query("rollback");
        const handedIn = made.double.batches.made.length;
        made.double.batches.behave({ beforeCreate: null });
        const job = await goOn(made, id);
        expect(job).toMatchObject({ status: "succeeded", counts: { called: 1200, uncertain: 0 } });
        expect(handedIn).toBe(0);
        expect(asked(made)).toBe(1200);
      } finally {
        locker.release();
      }
    },
    SLOW,
  );
});
