import type pg from "pg";
import { type Db, sqlRows } from "../db";
import type { Log } from "../log";
import { type ClaimedTask, finishTask, LEASE_SECONDS, releaseTask, renewLease, retryTask } from "./lease";
import { tasksEnded } from "./queue-metrics";

const BEAT = 2000;
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 5 * 60_000;

/** What a handler gets beside its payload. */
export type TaskContext = {
  db: Db;
  pool: pg.Pool;
  log: Log;
  /** 1 at the first run. */
  attempt: number;
  /**
   * Every run that the task may have has been, and the last one was killed: what it works on is to be ended as failed,
   * and not to be tried again, since it may be what kills.
   */
  givenUp: boolean;
  /**
   * Aborted when the worker stops or the lease is lost. Stop soon and throw (`signal.throwIfAborted()`):
   * a handler that returns says that the work is done.
   */
  signal: AbortSignal;
  leaseToken: string;
  /**
   * Whether this run still owns the task. Within `tx` it stays so until the commit, which is how a write is
   * kept from a worker that was taken for dead and woke up.
   */
  isCurrent(tx: Db): Promise<boolean>;
};

/** Does the work of one kind of task. It may run twice, so it must find out from the rows what is left to do. */
export type TaskHandler = (payload: unknown, context: TaskContext) => Promise<void>;

export type RunTaskOptions = {
  pool: pg.Pool;
  db: Db;
  task: ClaimedTask;
  handler: TaskHandler;
  log: Log;
  /** Aborted when the worker stops. */
  stopping: AbortSignal;
};

/** Runs a claimed task under a heartbeat, and writes how it ended. */
export async function runTask({ pool, db, task, handler, log, stopping }: RunTaskOptions): Promise<void> {
  const run = new AbortController();
  const stop = () => run.abort(new Error("The worker stops."));
  stopping.addEventListener("abort", stop, { once: true });
  const count = (outcome: string) => tasksEnded().inc({ kind: task.kind, outcome });
  const heartbeat = startHeartbeat(pool, task, log, () => run.abort(new Error("The lease was lost.")));
  try {
    await handler(task.payload, {
      db,
      pool,
      log,
      attempt: task.attempts,
      givenUp: task.attempts > task.maxAttempts,
      signal: run.signal,
      leaseToken: task.leaseToken,
      isCurrent: (tx) => isCurrent(tx, task),
    });
    await finishTask(pool, task);
    count("done");
  } catch (error) {
    if (heartbeat.isLost()) log.warn({ err: error }, "another worker has taken the task");
    else if (stopping.aborted) await releaseTask(pool, task);
    else await noteFailure(pool, task, log, error);
    count(heartbeat.isLost() ? "lost" : stopping.aborted ? "given_back" : "failed");
  } finally {
    heartbeat.stop();
    stopping.removeEventListener("abort", stop);
  }
}

/** Renews the lease until it is stopped; calls `onLost` once when that can't be done in time. */
function startHeartbeat(pool: pg.Pool, task: ClaimedTask, log: Log, onLost: () => void) {
  let renewed = performance.now();
  let lost = false;
  async function beat(): Promise<void> {
    const asked = performance.now();
    try {
      if (await renewLease(pool, task)) renewed = asked;
      else lost = true;
    } catch (error) {
      log.warn({ err: error }, "the lease could not be renewed");
      lost = asked - renewed > LEASE_SECONDS * 1000;
    }
    if (lost) {
      clearInterval(timer);
      onLost();
    }
  }
  const timer = setInterval(beat, BEAT);
  return { isLost: () => lost, stop: () => clearInterval(timer) };
}

async function isCurrent(tx: Db, task: ClaimedTask): Promise<boolean> {
  const rows = await sqlRows(
    tx,
    `select 1 as held from "Task" where id = $1::uuid and "leaseToken" = $2::uuid for share`,
    [task.id, task.leaseToken],
  );
  return rows.length === 1;
}

async function noteFailure(pool: pg.Pool, task: ClaimedTask, log: Log, error: unknown): Promise<void> {
  const last = task.attempts >= task.maxAttempts;
  log.error({ err: error, attempt: task.attempts }, last ? "the task failed for good" : "the task failed");
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 1000);
  await retryTask(pool, task, { delayMs: retryDelay(task.attempts, Math.random()), error: message });
}

/** Milliseconds to wait after `attempts` failures: doubling, with up to half taken off so that tasks spread. */
export function retryDelay(attempts: number, random: number): number {
  return Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY) * (1 - random / 2);
}
