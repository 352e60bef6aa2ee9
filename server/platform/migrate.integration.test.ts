import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createTemplate, dropDatabase } from "@/server/testing/template";
import { createPool } from "./db";
import { isMigrated, migrate } from "./migrate";

let folder: string;
let url: string;
let pool: pg.Pool;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tandem-migrations-"));
  url = await createTemplate(inject("templateUrl"));
  pool = createPool(url, 2);
});
afterEach(async () => {
  await pool.end();
  await dropDatabase(url);
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

describe("migrate", () => {
  it("applies what is missing, in order, and nothing twice", async () => {
    await write("2_more", "alter table a add column m int");
    await write("1_first", "create table a (n int); insert into a values (1);");
    expect(await migrate(url, folder)).toEqual(["1_first", "2_more"]);
    expect(await migrate(url, folder)).toEqual([]);
    await write("3_last", "update a set m = 2");
    expect(await isMigrated(pool, folder)).toBe(false);
    expect(await migrate(url, folder)).toEqual(["3_last"]);
    expect(await isMigrated(pool, folder)).toBe(true);
    expect((await pool.query("select * from a")).rows).toEqual([{ n: 1, m: 2 }]);
  });

  it("records them as Prisma's CLI does", async () => {
    await write("1_first", "select 1");
    await migrate(url, folder);
    const { rows } = await pool.query("select * from _prisma_migrations");
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        // The SHA-256 of "select 1".
        checksum: "822ae07d4783158bc1912bb623e5107cc9002d519e1143a9c200ed6ee18b6d0f",
        migration_name: "1_first",
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      },
    ]);
  });

  it("lets processes that start together wait for each other", async () => {
    await write("1_first", "create table a (n int); insert into a values (1); select pg_sleep(0.1);");
    await write("2_more", "insert into a values (2)");
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url, folder)));
    expect(applied.flat().sort()).toEqual(["1_first", "2_more"]);
    expect((await pool.query("select n from a order by n")).rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("leaves nothing of a migration that fails, and applies it when it was mended", async () => {
    await write("1_bad", "create table a (n int); select nonsense;");
    await expect(migrate(url, folder)).rejects.toMatchObject({
      code: "migration",
      message: 'The migration 1_bad failed: column "nonsense" does not exist',
    });
    await write("1_bad", "create table a (n int)");
    expect(await migrate(url, folder)).toEqual(["1_bad"]);
  });

  it("stops when an applied migration was changed, or one was left unfinished", async () => {
    await write("1_first", "select 1");
    await migrate(url, folder);
    await write("1_first", "select 2");
    await expect(migrate(url, folder)).rejects.toThrow("1_first was changed after it was applied");
    await write("1_first", "select 1");
    await pool.query("update _prisma_migrations set finished_at = null");
    await expect(migrate(url, folder)).rejects.toThrow("1_first was begun and not finished");
  });

  it("says where it looked when there are no migrations", async () => {
    await expect(migrate(url, path.join(folder, "nowhere"))).rejects.toThrow(/^There are no migrations in /);
  });
});
