import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/** One process at a time changes these indexes: builds of one table would wait for each other for ever. */
const LOCK = 1_701_737_061;
const POLL = 1000;

/**
 * Runs `work` while no other process builds or drops metadata indexes. The lock belongs to the connection: one whose
 * process was killed holds it until its statement has ended.
 * @param signal cancels the statement under way, too; what it leaves is taken up by the next run
 */
export async function asOneBuilder(
  pool: pg.Pool,
  signal: AbortSignal,
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  // A connection that breaks between two statements is told by the next one.
  client.on("error", () => undefined);
  const cancel = () => {
    pool.query("select pg_cancel_backend($1)", [pid]).catch(() => undefined);
  };
  let pid = 0;
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    pid = rows[0]?.pid ?? 0;
    signal.addEventListener("abort", cancel, { once: true });
    while (!(await takeLock(client))) await delay(POLL, undefined, { signal });
    signal.throwIfAborted();
    await work(client);
  } finally {
    signal.removeEventListener("abort", cancel);
    // Closed rather than given back: with it goes the lock.
    client.release(true);
  }
}

/** Asked again and again rather than waited for: a build waits for every statement that waits. */
async function takeLock(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [LOCK]);
  return rows[0]?.taken ?? false;
}
