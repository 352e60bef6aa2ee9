import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { openPreparedStatements } from "./prepared-statements";
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
