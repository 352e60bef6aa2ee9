import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { type Prisma, PrismaClient } from "@/prisma/generated/client/client";
import { closePool, getPool } from "./pool";
import { forgetProcessWide, processWide } from "./process-wide";

export { createPool, getPool, type Pool } from "./pool";

/** What a use case takes: the client, or the transaction its caller has opened. */
export type Db = Prisma.TransactionClient;

const TRANSACTION_TIMEOUT = 30_000;
const TRANSACTION_MAX_WAIT = 10_000;

/** What is to be done after the commit of a transaction that is open. */
const due = new WeakMap<Db, (() => void)[]>();

/** The database of this process. */
export function getDb(): Db {
  return processWide("db", () => createDb(getPool()));
}

/** A client over a pool of the caller's, who ends both. */
export function createDb(pool: pg.Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
}

/** Disconnects the client and ends the pool, before PostgreSQL is stopped. */
export async function closeDb(): Promise<void> {
  await forgetProcessWide<PrismaClient>("db")?.$disconnect();
  await closePool();
}

/**
 * Runs `fn` in one transaction; inside a transaction already open it joins that one. Nothing that waits for
 * the network belongs inside.
 * @param timeoutMs after which the transaction is rolled back
 */
export async function inTransaction<T>(
  db: Db,
  fn: (tx: Db) => Promise<T>,
  { timeoutMs = TRANSACTION_TIMEOUT }: { timeoutMs?: number } = {},
): Promise<T> {
  if (!isClient(db)) return fn(db);
  const hooks: (() => void)[] = [];
  const result = await db.$transaction(
    (tx) => {
      due.set(tx, hooks);
      return fn(tx);
    },
    { timeout: timeoutMs, maxWait: TRANSACTION_MAX_WAIT },
  );
  for (const hook of hooks) hook();
  return result;
}

/** Calls `hook`, which must not throw, when the transaction of `db` has committed; at once outside of one. */
export function afterCommit(db: Db, hook: () => void): void {
  const hooks = due.get(db);
  if (hooks) hooks.push(hook);
  else hook();
}

/**
 * Rows of a query with parameters `$1`, `$2`, … inside the same transaction as `db`. Parameters are sent as
 * text, so give their type in the query (`$1::uuid`, `$2::text[]`, `$3::jsonb` with `JSON.stringify`).
 * `bigint` columns come as `bigint`, `numeric` as `Decimal`, so cast counts to `int` or `float8`.
 */
export function sqlRows<T>(db: Db, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  return db.$queryRawUnsafe<T[]>(sql, ...params);
}

/** Runs a statement with parameters as {@link sqlRows} does; the number of rows it changed. */
export function sqlRun(db: Db, sql: string, params: readonly unknown[] = []): Promise<number> {
  return db.$executeRawUnsafe(sql, ...params);
}

function isClient(db: Db): db is PrismaClient {
  return "$transaction" in db && typeof db.$transaction === "function";
}
