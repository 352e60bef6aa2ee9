import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { queryLarge } from "./query-large";

let test: TestDatabase;
let client: pg.PoolClient;
beforeAll(async () => {
  test = await createTestDatabase();
  client = await test.pool.connect();
});
afterAll(async () => {
  client.release();
  await test.drop();
});

it("gives the rows of a statement", async () => {
  expect(await queryLarge(client, `select $1::text[] as "given"`, [["a", "b"]])).toEqual([
    { given: ["a", "b"] },
  ]);
});

it("fails as the statement does, and leaves the connection usable", async () => {
  await expect(queryLarge(client, "select $1::int / 0", [1])).rejects.toThrow(/division by zero/);
  expect(await queryLarge(client, `select $1::int as "n"`, [2])).toEqual([{ n: 2 }]);
});
