import { spawn } from "node:child_process";
import { once } from "node:events";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { expireLeases } from "@/server/testing/expire-leases";
import { createGate } from "@/server/testing/gate";
import { nodeWords } from "@/server/testing/node-words";
import { waitFor } from "@/server/testing/wait-for";
import { inTransaction } from "../db";
import { type EventListener, openEventListener } from "../events";
import { newId } from "../ids";
import { enqueue, startWorker, type TaskHandler, type Worker } from ".";
import { claimTask, finishTask, renewLease } from "./lease";
import { retryDelay } from "./run-task";

let test: TestDatabase;
let listener: EventListener;
const workers: Worker[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  listener = openEventListener(test.url);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await test.pool.query(`delete from "Task"`);
});
afterAll(async () => {
  await listener.close();
  await test.drop();
});

async function work(handlers: Record<string, TaskHandler>, concurrency = 4): Promise<Worker> {
  const lazy = Object.fromEntries(
    Object.entries(handlers).map(([kind, handler]) => [kind, async () => handler]),
  );
  const { pool, db } = test;
  const log = pino({ level: "silent" });
  const worker = await startWorker({ pool, db, listener, log, handlers: lazy, concurrency });
  workers.push(worker);
  return worker;
}

async function tasks() {
  const { rows } = await test.pool.query(`select * from "Task" order by "createdAt", id`);
  return rows;
}

/** Time and again: the run is well, and prolongs its lease. */
const takeOver = () =>
  waitFor("the takeover", async () => {
    await expireLeases(test.pool);
    return claimTask(test.pool, newId());
  });

describe("enqueue", () => {
  it("makes a task due when the caller's transaction commits, and not before or without", async () => {
    const seen: unknown[] = [];
    await work({ note: async (payload) => void seen.push(payload) });
    const rolledBack = inTransaction(test.db, async (tx) => {
      await enqueue(tx, "note", { n: 1 });
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await inTransaction(test.db, async (tx) => {
      await enqueue(tx, "note", { n: 2 });
      expect(seen).toEqual([]);
    });
    await waitFor("the task", () => seen.length > 0);
    expect(seen).toEqual([{ n: 2 }]);
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
  });

  it("joins a waiting task of the same key", async () => {
    const later = new Date(Date.now() + 3_600_000);
    const first = await enqueue(test.db, "note", { n: 1 }, { key: "same", runAt: later });
    const second = await enqueue(test.db, "note", { n: 1 }, { key: "same" });
    expect(second).toBe(first);
    expect((await tasks())[0].runAt.getTime()).toBeLessThan(later.getTime());
  });

  it("makes a running task of the same key run once more", async () => {
    let runs = 0;
    const first = createGate();
    await work({
      note: async () => {
        runs += 1;
        if (runs === 1) await first.passed;
      },
    });
    await enqueue(test.db, "note", {}, { key: "again" });
    await waitFor("the first run", () => runs === 1);
    await enqueue(test.db, "note", {}, { key: "again" });
    await enqueue(test.db, "note", {}, { key: "again" });
    first.open();
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
    expect(runs).toBe(2);
  });
});

describe("a run that enqueues itself for later", () => {
  it("is woken sooner by whoever enqueues it meanwhile", async () => {
    const later = new Date(Date.now() + 3_600_000);
    const seen: unknown[] = [];
    const { open, passed } = createGate();
    await work({
      poll: async (payload) => {
        seen.push(payload);
        if (seen.length > 1) return;
        await enqueue(test.db, "poll", { by: "itself" }, { key: "poll", runAt: later });
        open();
        await woken.passed;
      },
    });
    const woken = createGate();
    await enqueue(test.db, "poll", { by: "the first" }, { key: "poll" });
    await passed;
    await enqueue(test.db, "poll", { by: "a person" }, { key: "poll" });
    woken.open();
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
    expect(seen).toEqual([{ by: "the first" }, { by: "a person" }]);
  });
});

describe("claimTask", () => {
  it("takes by priority, then by time, and nothing before its time", async () => {
    const past = (ms: number) => new Date(Date.now() - ms);
    await enqueue(test.db, "a", {}, { runAt: past(1000) });
    await enqueue(test.db, "b", {}, { runAt: past(2000) });
    await enqueue(test.db, "c", {}, { runAt: past(500), priority: 1 });
    await enqueue(test.db, "d", {}, { runAt: new Date(Date.now() + 60_000), priority: 9 });
    const kinds = [];
    for (let task = await claimTask(test.pool, newId()); task; task = await claimTask(test.pool, newId())) {
      kinds.push(task.kind);
    }
    expect(kinds).toEqual(["c", "b", "a"]);
  });

  it("takes over a stale lease, and the old holder can neither renew nor finish", async () => {
    await enqueue(test.db, "note", {});
    const old = await waitFor("the claim", () => claimTask(test.pool, newId()));
    expect(await claimTask(test.pool, newId())).toBeUndefined();
    await expireLeases(test.pool);
    const current = await waitFor("the takeover", () => claimTask(test.pool, newId()));
    expect(current).toMatchObject({ id: old.id, attempts: 2 });
    expect(await renewLease(test.pool, old)).toBe(false);
    await finishTask(test.pool, old);
    expect(await tasks()).toHaveLength(1);
    await finishTask(test.pool, current);
    expect(await tasks()).toHaveLength(0);
  });
});

describe("a task whose every run was killed", () => {
  it("is taken once more, to be ended, and a task that failed of itself is not", async () => {
    await enqueue(test.db, "kills", {}, { maxAttempts: 2 });
    for (const _ of [1, 2]) {
      await waitFor("the claim", () => claimTask(test.pool, newId()));
      await expireLeases(test.pool);
    }
    const seen: [number, boolean][] = [];
    await work({ kills: async (_payload, { attempt, givenUp }) => void seen.push([attempt, givenUp]) });
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
    expect(seen).toEqual([[3, true]]);
  });

  it("is not taken a second time beyond its runs", async () => {
    await enqueue(test.db, "kills", {}, { maxAttempts: 1 });
    for (const _ of [1, 2]) {
      await waitFor("the claim", () => claimTask(test.pool, newId()));
      await expireLeases(test.pool);
    }
    expect(await claimTask(test.pool, newId())).toBeUndefined();
  });
});

describe("startWorker", () => {
  it("runs each of 300 tasks once with four workers in competition", async () => {
    const runs = new Map<number, number>();
    const count: TaskHandler = async (payload) => {
      const { n } = payload as { n: number };
      runs.set(n, (runs.get(n) ?? 0) + 1);
    };
    for (let worker = 0; worker < 4; worker++) await work({ count });
    await inTransaction(test.db, async (tx) => {
      for (let n = 0; n < 300; n++) await enqueue(tx, "count", { n });
    });
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
    expect(runs.size).toBe(300);
    expect(new Set(runs.values())).toEqual(new Set([1]));
  });

  it("keeps places for urgent tasks while long ones take all others", async () => {
    const end = createGate();
    const seen: unknown[] = [];
    const { pool, db } = test;
    const worker = await startWorker({
      pool,
      db,
      listener,
      log: pino({ level: "silent" }),
      concurrency: 1,
      urgent: 1,
      handlers: {
        long: async () => () => end.passed,
        note: async () => async (payload) => void seen.push(payload),
      },
    });
    workers.push(worker);
    await enqueue(test.db, "long", {});
    await waitFor("the long task", async () => (await tasks())[0]?.leaseToken);
    await enqueue(test.db, "note", { n: 1 });
    await enqueue(test.db, "note", { n: 2 }, { priority: 1 });
    await waitFor("the urgent task", () => seen.length > 0);
    expect(seen).toEqual([{ n: 2 }]);
    end.open();
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
    expect(seen).toEqual([{ n: 2 }, { n: 1 }]);
  });

  it("gives long tasks of one kind no more than their share of the places, and urgent ones of the kind any", async () => {
    const end = createGate();
    const running: unknown[] = [];
    const seen: unknown[] = [];
    const { pool, db } = test;
    const handlers: Record<string, () => Promise<TaskHandler>> = {
      import: async () => async (payload) => {
        running.push(payload);
        await end.passed;
      },
      bulk: async () => async (payload) => void seen.push(payload),
    };
    const places = { concurrency: 4, perKind: 2, urgent: 1 };
    await inTransaction(db, async (tx) => {
      for (let n = 1; n <= 6; n++) await enqueue(tx, "import", { n });
    });
    const log = pino({ level: "silent" });
    workers.push(await startWorker({ pool, db, listener, log, handlers, ...places }));
    await waitFor("the long tasks", () => running.length === 2);
    await enqueue(db, "bulk", { n: 7 });
    await waitFor("the task of another kind", () => seen.length > 0);
    await enqueue(db, "import", { n: 8 }, { priority: 1 });
    await waitFor("the urgent task", () => running.length > 2);
    expect(running).toEqual([{ n: 1 }, { n: 2 }, { n: 8 }]);
    end.open();
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
    expect(running).toHaveLength(7);
  });

  it("tries a failed task again later and keeps the reason", async () => {
    await work({
      fail: async () => {
        throw new Error("out of order");
      },
    });
    const before = Date.now();
    await enqueue(test.db, "fail", {}, { maxAttempts: 1 });
    const task = await waitFor("the failure", async () => (await tasks()).find((row) => row.lastError));
    expect(task).toMatchObject({ lastError: "out of order", attempts: 1, leaseToken: null });
    expect(task.runAt.getTime()).toBeGreaterThanOrEqual(before + retryDelay(1, 1));
    await test.pool.query(`update "Task" set "runAt" = now()`);
    expect(await claimTask(test.pool, newId())).toBeUndefined();
  });

  it("drops a task of an unknown kind", async () => {
    await enqueue(test.db, "nobody-knows", {});
    await work({});
    await waitFor("an empty queue", async () => (await tasks()).length === 0);
  });

  it("fences a run whose lease was taken: its write does not commit", async () => {
    const started = createGate();
    const taken = createGate();
    const verdicts: boolean[] = [];
    await work(
      {
        slow: async (_payload, { db, isCurrent, attempt }) => {
          if (attempt > 1) return;
          verdicts.push(await inTransaction(db, isCurrent));
          started.open();
          await taken.passed;
          verdicts.push(await inTransaction(db, isCurrent));
        },
      },
      1,
    );
    await enqueue(test.db, "slow", {});
    await started.passed;
    await takeOver();
    taken.open();
    await waitFor("the second verdict", () => verdicts.length === 2);
    expect(verdicts).toEqual([true, false]);
  });

  it("aborts a run that lost its lease", async () => {
    const aborted = createGate();
    const started = createGate();
    await work(
      {
        long: async (_payload, { signal }) => {
          signal.addEventListener("abort", aborted.open);
          started.open();
          await aborted.passed;
        },
      },
      1,
    );
    await enqueue(test.db, "long", {});
    await started.passed;
    await takeOver();
    await aborted.passed;
  });

  it("gives what runs back when it stops, so that another takes it at once", async () => {
    const started = createGate();
    const worker = await work({
      long: async (_payload, { signal }) => {
        started.open();
        await once(signal, "abort");
        signal.throwIfAborted();
      },
    });
    await enqueue(test.db, "long", {});
    await started.passed;
    await worker.stop();
    const again = await waitFor("the takeover", () => claimTask(test.pool, newId()));
    expect(again).toMatchObject({ kind: "long", attempts: 1 });
  });

  it("takes over from a worker process killed in the middle", async () => {
    const words = nodeWords("server/testing/worker-process.ts");
    const child = spawn(process.execPath, [...words, test.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await enqueue(test.db, "hang", { n: 7 });
      const [line] = await once(child.stdout.setEncoding("utf8"), "data");
      expect(line).toBe('running {"n":7}\n');
    } finally {
      child.kill("SIGKILL");
    }
    const seen: unknown[] = [];
    await work({ hang: async (payload) => void seen.push(payload) });
    await waitFor("the takeover", () => seen.length > 0);
    expect(seen).toEqual([{ n: 7 }]);
  });
});
