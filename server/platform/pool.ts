import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { env } from "./env";
import { AppError } from "./errors";
import { log } from "./log";
import { forgetProcessWide, processWide } from "./process-wide";

export type Pool = pg.Pool;

const MAX_CONNECTIONS = 20;
const GOODBYE_PATIENCE = 2000;

/**
 * A pool that outlives a restart of PostgreSQL: an idle connection that breaks is dropped with a log line
 * instead of ending the process.
 * @param url `postgresql://…`
 */
export function createPool(url: string, max = MAX_CONNECTIONS): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: "tandem",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  pool.on("error", (error) => log().warn({ err: error }, "a database connection was lost"));
  return pool;
}

/** The pool of this process. */
export function getPool(): pg.Pool {
  return processWide("pool", () => createPool(databaseUrl()));
}

/** The address of this process's database. @throws AppError before an embedded one has started. */
export function databaseUrl(): string {
  const { databaseUrl } = env();
  if (databaseUrl === undefined) throw new AppError("unavailable", "The database has not been started.");
  return databaseUrl;
}

/** Ends the pool, waiting for queries under way; a later {@link getPool} makes a new one. */
export async function closePool(): Promise<void> {
  const pool = forgetProcessWide<pg.Pool>("pool");
  if (!pool) return;
  const goodbyes = countGoodbyes(pool);
  await pool.end();
  await goodbyes;
}

/**
 * A pool has ended when it has let its connections go, not when they are gone. A server that is stopped in
 * between tells each of them that it was cut off.
 */
async function countGoodbyes(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount;
  if (open === 0) return;
  const gone = new Promise<void>((resolve) => {
    pool.on("remove", () => {
      open--;
      if (open === 0) resolve();
    });
  });
  await Promise.race([gone, delay(GOODBYE_PATIENCE, undefined, { ref: false })]);
}
