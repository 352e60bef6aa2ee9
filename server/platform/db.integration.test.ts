import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { waitFor } from "@/server/testing/wait-for";
import { isDatabaseAway } from "./database-problem";
import { createDb, createPool, inTransaction, sqlRows, sqlRun } from "./db";
import { newId } from "./ids";
import { streamBatches, streamRows } from "./stream-rows";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("sqlRows", () => {
  it("passes texts, numbers, arrays, ids, times and JSON as they are", async () => {
    const ids = [newId(), newId()];
    const time = new Date("2026-01-02T03:04:05.678Z");
    const value = { a: ["ü", null, 1.5] };
    const [row] = await sqlRows(
      test.db,
      `select $1::text as text, $2::int as int, $3::text[] as texts, $4::uuid[] as ids, $5::jsonb as json,
              $6::timestamptz as time, $7::float8[] as floats, $8::text as nothing, $9::bool as flag`,
      ["it's", 7, ["a", 'b"{', "c,d"], ids, JSON.stringify(value), time, [0.1, 2], null, true],
    );
    expect(row).toEqual({
      text: "it's",
      int: 7,
      texts: ["a", 'b"{', "c,d"],
      ids,
      json: value,
      time,
      floats: [0.1, 2],
      nothing: null,
      flag: true,
    });
  });

  it("joins the transaction of its caller, which is rolled back as one", async () => {
    const id = newId();
    const write = inTransaction(test.db, async (tx) => {
      await sqlRun(tx, `insert into "Task" (id, kind, payload) values ($1::uuid, 'x', '{}')`, [id]);
      await inTransaction(tx, (same) =>
        sqlRun(same, `update "Task" set kind = 'y' where id = $1::uuid`, [id]),
      );
      expect(await sqlRows(tx, `select kind from "Task" where id = $1::uuid`, [id])).toEqual([{ kind: "y" }]);
      throw new Error("changed my mind");
    });
    await expect(write).rejects.toThrow("changed my mind");
    expect(await sqlRows(test.db, `select kind from "Task" where id = $1::uuid`, [id])).toEqual([]);
  });
});

describe("streamRows", () => {
  it.each([0, 1, 9, 10, 11, 25])("gives all of %i rows in order, in batches of 10", async (count) => {
    const seen: number[] = [];
    const stream = streamRows<{ n: number }>(
      test.pool,
      "select n from generate_series(1, $1::int) n",
      [count],
      { batchSize: 10 },
    );
    for await (const { n } of stream) seen.push(n);
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  it("ends a query that runs when its signal comes", async () => {
    const abort = new AbortController();
    const rows = streamRows(test.pool, "select pg_sleep(600) as slept", [], { signal: abort.signal });
    const first = rows.next();
    const sleeping = `select 1 from pg_stat_activity where query like 'fetch %' and state = 'active'
      and datname = current_database()`;
    await waitFor("the query to run", async () => (await test.pool.query(sleeping)).rowCount);
    abort.abort();
    await expect(first).rejects.toThrow();
    expect((await test.pool.query(sleeping)).rowCount).toBe(0);
    await expect(streamRows(test.pool, "select 1", [], { signal: abort.signal }).next()).rejects.toThrow();
  });

  it("gives its connection back when the loop is left early or the query fails", async () => {
    for await (const rows of streamBatches(test.pool, "select generate_series(1, 100) n", [], {
      batchSize: 10,
    })) {
      expect(rows).toHaveLength(10);
      break;
    }
    const failing = streamRows(test.pool, "select 1 / (3 - n) from generate_series(1, 5) n");
    await expect(failing.next()).rejects.toThrow("division by zero");
    expect(test.pool.idleCount).toBe(test.pool.totalCount);
  });
});

describe("a failed query", () => {
  it("tells a database that is away from a mistake of ours", async () => {
    const pool = createPool("postgresql://nobody@127.0.0.1:1/none");
    const away = createDb(pool);
    const failure = (query: Promise<unknown>) => query.then(() => undefined).catch((error: unknown) => error);
    expect(isDatabaseAway(await failure(sqlRows(away, "select 1")))).toBe(true);
    expect(isDatabaseAway(await failure(away.user.findFirst()))).toBe(true);
    expect(isDatabaseAway(await failure(pool.query("select 1")))).toBe(true);
    expect(isDatabaseAway(await failure(sqlRows(test.db, "select 1 / 0")))).toBe(false);
    await away.$disconnect();
    await pool.end();
  });

  it("tells when its connection was ended by the database", async () => {
    const ended = sqlRows(test.db, "select pg_terminate_backend(pg_backend_pid())::text");
    expect(isDatabaseAway(await ended.catch((error: unknown) => error))).toBe(true);
  });
});
