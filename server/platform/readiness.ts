import { setTimeout as delay } from "node:timers/promises";
import { log } from "./log";
import { isMigrated } from "./migrate";
import { getPool } from "./pool";
import { processWide } from "./process-wide";

const PATIENCE = 2000;

/** Whether this process can do its work now, and what it lacks. */
export type Readiness = { ready: boolean; database: boolean; migrations: boolean; queue: boolean };

type Lifecycle = { serving: boolean; migrated: boolean; isQueueWorking: () => boolean };

const lifecycle = (): Lifecycle =>
  processWide("lifecycle", () => ({ serving: false, migrated: false, isQueueWorking: () => true }));

/** From now on this process may be sent work, or may not: it has begun, or it stops. */
export function noteServing(serving: boolean): void {
  lifecycle().serving = serving;
}

/** How a process that takes tasks from the queue tells whether it can. */
export function noteQueue(isWorking: () => boolean): void {
  lifecycle().isQueueWorking = isWorking;
}

/** Asks the database; answers within two seconds also when the database doesn't. */
export async function checkReadiness(): Promise<Readiness> {
  const state = lifecycle();
  const tooLate = new AbortController();
  const silence = delay(PATIENCE, NOTHING, { signal: tooLate.signal, ref: false }).catch(() => NOTHING);
  const found = await Promise.race([askDatabase(state), silence]);
  tooLate.abort();
  const queue = found.queue && state.isQueueWorking();
  return { ...found, queue, ready: state.serving && found.database && found.migrations && queue };
}

const NOTHING = { database: false, migrations: false, queue: false };

async function askDatabase(state: Lifecycle): Promise<typeof NOTHING> {
  try {
    await getPool().query("select 1");
  } catch (error) {
    log().warn({ err: error }, "the database does not answer");
    return NOTHING;
  }
  try {
    // A migration is never taken back, so that it was found once is enough.
    state.migrated ||= await isMigrated(getPool());
    await getPool().query(`select 1 from "Task" limit 1`);
    return { database: true, migrations: state.migrated, queue: true };
  } catch (error) {
    log().warn({ err: error }, "the database lacks what this version needs");
    return { ...NOTHING, database: true };
  }
}
