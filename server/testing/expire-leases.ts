import type pg from "pg";

/** The lease of a killed worker runs out in some seconds; here at once. */
export async function expireLeases(pool: pg.Pool): Promise<void> {
  await pool.query(`update "Task" set "leaseUntil" = now() - interval '1 second'`);
}
