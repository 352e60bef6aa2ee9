import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { newId } from "../ids";
import { metricsRegistry } from "../metrics";
import { exposeQueue } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  exposeQueue(test.pool);
});
afterAll(() => test.drop());

const linesOf = async (name: string) =>
  (await metricsRegistry().metrics()).split("\n").filter((line) => line.startsWith(`${name}{`));

it("shows what waits in the queue and for how long, and nothing while it can't be read", async () => {
  const { pool } = test;
  const add = (kind: string, columns: string, values: string) =>
    pool.query(
      `insert into "Task" ("id", "kind", "payload", ${columns}) values ('${newId()}', '${kind}', '{}', ${values})`,
    );
  await add("old", `"runAt"`, "now() - interval '90 seconds'");
  await add("old", `"runAt"`, "now() - interval '10 seconds'");
  await add("later", `"runAt"`, "now() + interval '1 hour'");
  await add("held", `"leaseToken", "leaseUntil"`, `'${newId()}', now() + interval '1 minute'`);
  await add("spent", `"attempts", "maxAttempts"`, "3, 3");
  expect((await linesOf("tandem_queue_tasks")).sort()).toEqual([
    'tandem_queue_tasks{kind="held",state="running"} 1',
    'tandem_queue_tasks{kind="later",state="delayed"} 1',
    'tandem_queue_tasks{kind="old",state="due"} 2',
    'tandem_queue_tasks{kind="spent",state="failed"} 1',
  ]);
  const [oldest = "", ...others] = await linesOf("tandem_queue_oldest_due_seconds");
  expect(oldest).toMatch(/^tandem_queue_oldest_due_seconds\{kind="old"\} \d+/);
  expect(Number(oldest.split(" ").at(-1))).toBeGreaterThanOrEqual(90);
  expect(others).toEqual([]);

  await pool.query(`alter table "Task" rename to "Away"`);
  expect(await linesOf("tandem_queue_tasks")).toEqual([]);
  expect(await metricsRegistry().metrics()).toContain("process_cpu_seconds_total ");
});
