import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createPool } from "./pool";
import { openPreparedStatements, openStatementPipeline } from "./prepared-statements";
import { sql } from "./sql";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("plans a statement once for all values, without reading whole tables, and outlives its connection", async () => {
  const statements = openPreparedStatements(test.pool);
  const find = (key: string) =>
    statements.rows<{ pid: number }>(
      "find",
      sql`select pg_backend_pid() as pid from (select 1) one
        left join "Task" on "key" = ${key}::text`,
    );
  const plans = () =>
    statements.rows<{ generic: string; custom: string }>(
      "plans",
      sql`select generic_plans::text as generic, custom_plans::text as custom from pg_prepared_statements
        where name = 'find'`,
    );
  try {
    const [first] = await find("a");
    await find("b");
    expect(await plans()).toEqual([{ generic: "2", custom: "0" }]);
    expect(await statements.rows("setting", sql`select current_setting('enable_seqscan') as scans`)).toEqual([
      { scans: "off" },
    ]);

    await test.pool.query("select pg_terminate_backend($1::int, 5000)", [first?.pid]);
    const again = await find("c").catch(() => find("c"));
    expect(again[0]?.pid).not.toBe(first?.pid);
    expect(await plans()).toEqual([{ generic: "1", custom: "0" }]);
  } finally {
    await statements.close();
  }
});

it("sends statements one behind the other, each its own transaction, and outlives the connection", async () => {
  const statements = openStatementPipeline(test.pool);
  const pidOf = async (divisor: number) => {
    const [row] = await statements.rows<{ pid: number }>(
      "divide",
      sql`select pg_backend_pid() + 0 / ${divisor}::int as pid`,
    );
    return row?.pid;
  };
  try {
    const [first, failed, third] = await Promise.allSettled([pidOf(1), pidOf(0), pidOf(2)]);
    expect(failed).toMatchObject({ status: "rejected", reason: { code: "22012" } });
    expect(first).toMatchObject({ status: "fulfilled", value: expect.any(Number) });
    expect(third).toEqual(first);

    const pid = await pidOf(1);
    await test.pool.query("select pg_terminate_backend($1::int, 5000)", [pid]);
    const again = await pidOf(1).catch(() => pidOf(1));
    expect(again).toEqual(expect.any(Number));
    expect(again).not.toBe(pid);
  } finally {
    await statements.close();
  }
});

it("tries to connect anew with each statement, and closes though it never did", async () => {
  const pool = createPool("postgresql://127.0.0.1:1/nowhere");
  const statements = openStatementPipeline(pool);
  const ask = () => statements.rows("one", sql`select 1 as one`);
  await expect(ask()).rejects.toThrow("ECONNREFUSED");
  await expect(ask()).rejects.toThrow("ECONNREFUSED");
  await statements.close();
  await pool.end();
});
