import type pg from "pg";
import { waitFor } from "./wait-for";

/** Changes of some rows, which wait: so a process can be killed at a known moment. */
export type HeldWrites = {
  /** Resolves when somebody waits. */
  reached(): Promise<void>;
  /** Ends those who wait, whose process was killed: PostgreSQL would carry out what they had sent. Nobody waits from then on. */
  end(): Promise<void>;
};

const LOCK = 4711;
const WAITING = `select pid from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

/** @param when as in a trigger, by `old` and `new` */
export async function holdWrites(pool: pg.Pool, table: string, when: string): Promise<HeldWrites> {
  const holder = await pool.connect();
  await holder.query("select pg_advisory_lock($1)", [LOCK]);
  await holder.query(`create function hold_writes() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${LOCK}); return new; end $$`);
  await holder.query(`create trigger hold_writes before update on "${table}" for each row
    when (${when}) execute function hold_writes()`);
  return {
    async reached() {
      await waitFor(`a change of ${table}`, async () => (await holder.query(WAITING)).rowCount, 60_000);
    },
    async end() {
      await holder.query(`select pg_terminate_backend(pid, 5000) from (${WAITING}) waiting`);
      await holder.query("drop function hold_writes() cascade");
      await holder.query("select pg_advisory_unlock($1)", [LOCK]);
      holder.release();
    },
  };
}
