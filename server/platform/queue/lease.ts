import type pg from "pg";
import { type Sql, sql } from "../sql";

/** A worker that has not renewed its lease for this long is taken for dead. */
export const LEASE_SECONDS = 6;

export type ClaimedTask = {
  id: string;
  kind: string;
  payload: unknown;
  /** 1 at the first run. */
  attempts: number;
  maxAttempts: number;
  priority: number;
  runAt: Date;
  leaseToken: string;
};

/** Which tasks a free place is open to. */
export type Claimable = {
  /** By default any. */
  leastPriority?: number | undefined;
  /** Kinds of which only urgent tasks, above priority 0, are taken. */
  urgentOnly?: readonly string[];
};

/**
 * Takes the most urgent task that is due and free, or whose worker is dead. One statement, so that two workers
 * never get the same task: the row found is locked, and rows others have locked are passed over. A task whose last
 * run was killed is taken once more, beyond its attempts, so that its end is written down.
 */
export async function claimTask(
  pool: pg.Pool,
  leaseToken: string,
  { leastPriority, urgentOnly = [] }: Claimable = {},
): Promise<ClaimedTask | undefined> {
  const { rows } = await pool.query<ClaimedTask>(
    `update "Task" set "leaseToken" = $1::uuid, attempts = attempts + 1,
       "leaseUntil" = now() + make_interval(secs => $2)
     where id = (
       select id from "Task"
       where "runAt" <= now() and ("leaseUntil" is null or "leaseUntil" <= now())
         and (attempts < "maxAttempts" or (attempts = "maxAttempts" and "leaseToken" is not null))
         and ($3::int is null or priority >= $3::int) and (priority > 0 or kind <> all($4::text[]))
       order by priority desc, "runAt", id limit 1
       for update skip locked
     )
     returning id, kind, payload, attempts, "maxAttempts", priority, "runAt", "leaseToken"`,
    [leaseToken, LEASE_SECONDS, leastPriority ?? null, urgentOnly],
  );
  return rows[0];
}

/** Keeps the lease for another while; `false` when another worker has it. */
export async function renewLease(pool: pg.Pool, task: ClaimedTask): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update "Task" set "leaseUntil" = now() + make_interval(secs => $3)
     where id = $1::uuid and "leaseToken" = $2::uuid`,
    [task.id, task.leaseToken, LEASE_SECONDS],
  );
  return rowCount === 1;
}

/** Deletes a task that is done, or frees it to run again when it was enqueued while it ran. */
export async function finishTask(pool: pg.Pool, task: ClaimedTask): Promise<void> {
  const { rowCount } = await pool.query(
    `delete from "Task" where id = $1::uuid and "leaseToken" = $2::uuid and "runAt" <= $3::timestamptz`,
    [task.id, task.leaseToken, task.runAt],
  );
  if (rowCount === 1) return;
  await pool.query(
    `update "Task" set "leaseToken" = null, "leaseUntil" = null, attempts = 0, "lastError" = null
     where id = $1::uuid and "leaseToken" = $2::uuid`,
    [task.id, task.leaseToken],
  );
}

/** Frees a task that failed, to be tried again after `delayMs`; sooner when it was enqueued while it ran. */
export async function retryTask(
  pool: pg.Pool,
  task: ClaimedTask,
  failure: { delayMs: number; error: string },
): Promise<void> {
  await pool.query(
    `update "Task" set "leaseToken" = null, "leaseUntil" = null, "lastError" = $5::text,
       "runAt" = case when "runAt" > $3::timestamptz then "runAt"
                      else now() + make_interval(secs => $4::float8 / 1000) end
     where id = $1::uuid and "leaseToken" = $2::uuid`,
    [task.id, task.leaseToken, task.runAt, failure.delayMs, failure.error],
  );
}

/** Gives a task back untouched, because this worker stops: it is due at once and this run doesn't count. */
export async function releaseTask(pool: pg.Pool, task: ClaimedTask): Promise<void> {
  await pool.query(
    `update "Task" set "leaseToken" = null, "leaseUntil" = null, attempts = attempts - 1
     where id = $1::uuid and "leaseToken" = $2::uuid`,
    [task.id, task.leaseToken],
  );
}

/**
 * A `select` that gives a row while `leaseToken` holds the task of `key`, and keeps it so until the commit: the
 * fence of a write that is one statement.
 * @param also a condition that is tested first: what it locks is locked before the task. Whoever changes a row and
 * enqueues its task locks them in this order.
 */
export const heldTask = (key: string, leaseToken: string, also: Sql): Sql =>
  sql`select 1 as "held" from "Task"
    where ${also} and "key" = ${key}::text and "leaseToken" = ${leaseToken}::uuid for share`;
