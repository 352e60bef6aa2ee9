import type pg from "pg";
import { inject } from "vitest";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { copyDatabase, dropDatabase } from "./template";

export type TestDatabase = {
  url: string;
  db: Db;
  pool: pg.Pool;
  /** Ends the pool and drops the database; call it in `afterAll`. */
  drop(): Promise<void>;
};

/** A database of this test file's own, with every migration applied and no rows. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = await copyDatabase(inject("templateUrl"));
  const pool = createPool(url);
  const db = createDb(pool);
  return {
    url,
    db,
    pool,
    drop: async () => {
      await db.$disconnect();
      await pool.end();
      await dropDatabase(url);
    },
  };
}
