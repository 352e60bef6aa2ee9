import pino from "pino";
import { afterEach, expect, it } from "vitest";
import { runJob } from "@/server/modules/jobs";
import { jobTests } from "@/server/modules/jobs/testing/harness";
import { fastPace, start } from "@/server/modules/jobs/testing/scenario";
import { startWorker, type Worker } from "@/server/platform/queue";
import { createGate } from "@/server/testing/gate";
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import { deleteProject } from ".";

const { scenario } = jobTests();
const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

it("a running job makes no further call, and is waited for before its rows go", async () => {
  const { passed, open } = createGate();
  const made = await scenario({
    contents: Array.from({ length: 40 }, (_, at) => `Text ${at}`),
    double: { fault: () => ({ kind: "wait", until: passed }), invalidShare: 0 },
  });
  const { db, test, actor, double, listener, llm, batches } = made;
  const deps = { llm, batches, listener, pace: fastPace };
  workers.push(
    await startWorker({
      pool: test.pool,
      db,
      listener,
      log: pino({ level: "silent" }),
      concurrency: 2,
      pollMs: 50,
      handlers: {
        ...handlers,
        "run-job": async () => (payload, context) => runJob(payload, context, deps),
      },
    }),
  );
  const { id } = await start(made, { concurrency: 5 });
  await waitFor("five calls", () => double.calls.length === 5);
  await deleteProject(db, actor, { name: actor.projectSlug });
  await waitFor("a look at what is still at work", async () => {
    const task = await db.task.findFirst({ where: { kind: "erase-project", runAt: { gt: new Date() } } });
    return task?.leaseToken === null;
  });
  expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ cancelRequested: true });
  open();
  await waitFor("the end of the project", async () => {
    return (await db.project.count({ where: { id: actor.projectId } })) === 0;
  });
  expect(double.calls).toHaveLength(5);
  expect(await db.jobItem.count({ where: { jobId: id } })).toBe(0);
});

it("waits for a call that begins, with whatever job, before it holds up any other", async () => {
  const made = await scenario({ contents: ["Text"] });
  const { db, test, actor } = made;
  await start(made, {});
  const { id } = await start(made, {});
  const call = await test.pool.connect();
  try {
    await call.query("begin");
    await call.query(`select 1 from "Job" where "id" = $1 for no key update`, [id]);
    const deleted = deleteProject(db, actor, { name: actor.projectSlug });
    await waitFor("the deletion to wait", async () => {
      const { rowCount } = await test.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    await call.query(`update "Project" set "spentMicroUsd" = "spentMicroUsd" where "id" = $1`, [
      actor.projectId,
    ]);
    await call.query("commit");
    await deleted;
    expect(await db.job.count({ where: { projectId: actor.projectId, status: "cancelled" } })).toBe(2);
  } finally {
    call.release(true);
  }
});
