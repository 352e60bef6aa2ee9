import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { OUTLIVING_TABLES, PROJECT_TABLES, ROOM_TABLES } from "./project-tables";
import { readForeignKeys } from "./testing/fill-project";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function tablesWith(column: string): Promise<string[]> {
  const { rows } = await test.pool.query<{ name: string }>(
    `select table_name as "name" from information_schema.columns
     where table_schema = 'public' and column_name = $1 order by 1`,
    [column],
  );
  return rows.map(({ name }) => name);
}

it("a table that holds rows of a project is deleted with it", async () => {
  expect([...PROJECT_TABLES, ...OUTLIVING_TABLES].sort()).toEqual(await tablesWith("projectId"));
  const ofRooms = await test.pool.query<{ name: string }>(
    `select table_name as "name" from information_schema.tables
     where table_schema = 'public' and table_name like 'Collab%' order by 1`,
  );
  const known = new Set<string>(PROJECT_TABLES);
  expect([...ROOM_TABLES].sort()).toEqual(
    ofRooms.rows.map(({ name }) => name).filter((name) => !known.has(name)),
  );
});

it("no row is deleted before those that point at it", async () => {
  const order: readonly string[] = [...ROOM_TABLES, ...PROJECT_TABLES, "Project"];
  const wrong = (await readForeignKeys(test.pool))
    .filter(({ table, target }) => table !== target && order.includes(target))
    .filter(({ table, target }) => !order.includes(table) || order.indexOf(table) > order.indexOf(target));
  expect(wrong).toEqual([]);
});
