import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Db } from "../db";
import type { EventListener } from "../events";
import { newId } from "../ids";
import type { Log } from "../log";
import { QUEUE_TOPIC } from "./enqueue";
import { type ClaimedTask, claimTask, finishTask, releaseTask } from "./lease";
import { runTask, type TaskHandler } from "./run-task";

const POLL = 1000;

export type Worker = {
  /** Whether the last look at the queue succeeded. */
  isWorking(): boolean;
  /** Claims no more, tells what runs to stop, and waits for it at most `patienceMs`. */
  stop(patienceMs?: number): Promise<void>;
};

export type WorkerOptions = {
  pool: pg.Pool;
  db: Db;
  listener: EventListener;
  log: Log;
  /** By kind; loaded when the first task of the kind comes. */
  handlers: Readonly<Record<string, () => Promise<TaskHandler>>>;
  /** Tasks run at a time. */
  concurrency: number;
  /**
   * Of one kind, so that many long ones leave places to other kinds; urgent tasks are not counted. By default as many
   * as there are places.
   */
  perKind?: number;
  /** Milliseconds between looks for tasks whose time has come or whose worker has died; new ones are announced. */
  pollMs?: number;
  /** So many more that are urgent (their priority is above 0), so that they never wait for long ones; default 0. */
  urgent?: number;
};

/** Starts to claim and run tasks; any number of workers may share a queue. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { pool, listener, log, concurrency, perKind = concurrency, urgent = 0, pollMs = POLL } = options;
  const stopping = new AbortController();
  const running = new Map<Promise<void>, ClaimedTask>();
  let working = true;
  let looking: Promise<void> | undefined;
  let lookAgain = false;

  /** One look at a time: a wake-up during a look makes another one follow. */
  function look(): void {
    lookAgain = true;
    looking ??= fill().finally(() => {
      looking = undefined;
      if (lookAgain && !stopping.signal.aborted) look();
    });
  }

  async function fill(): Promise<void> {
    while (lookAgain && !stopping.signal.aborted) {
      lookAgain = false;
      try {
        while (running.size < concurrency + urgent && !stopping.signal.aborted) {
          const task = await claimTask(pool, newId(), {
            leastPriority: running.size < concurrency ? undefined : 1,
            urgentOnly: kindsAtBound([...running.values()], perKind),
          });
          if (task === undefined) break;
          // Claimed while the worker was told to stop: it may be what was given back a moment ago.
          if (stopping.signal.aborted) await releaseTask(pool, task);
          else start(task);
        }
        working = true;
      } catch (error) {
        working = false;
        log.warn({ err: error }, "the queue cannot be read");
      }
    }
  }

  function start(task: ClaimedTask): void {
    const taskLog = log.child({ task: task.id, kind: task.kind });
    const run = perform(options, task, taskLog, stopping.signal).catch((error) => {
      // How it ended could not be written: the lease runs out and the task is taken up again.
      taskLog.warn({ err: error }, "the end of the task could not be written");
    });
    running.set(run, task);
    run.finally(() => {
      running.delete(run);
      if (!stopping.signal.aborted) look();
    });
  }

  const unsubscribe = await listener.subscribe(QUEUE_TOPIC, { onEvent: look, onGap: look });
  const poll = setInterval(look, pollMs);
  look();
  return {
    isWorking: () => working,
    async stop(patienceMs = 5000) {
      stopping.abort();
      unsubscribe();
      clearInterval(poll);
      await looking;
      await Promise.race([Promise.all(running.keys()), delay(patienceMs, undefined, { ref: false })]);
    },
  };
}

/** Kinds of which `bound` tasks run that are not urgent. */
function kindsAtBound(running: readonly ClaimedTask[], bound: number): string[] {
  const counts = new Map<string, number>();
  for (const { kind, priority } of running) if (priority <= 0) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= bound).map(([kind]) => kind);
}

async function perform(
  { pool, db, handlers }: WorkerOptions,
  task: ClaimedTask,
  log: Log,
  stopping: AbortSignal,
): Promise<void> {
  const load = handlers[task.kind];
  if (load === undefined) {
    log.warn("there is no handler for this kind of task; it is dropped");
    return finishTask(pool, task);
  }
  const handler: TaskHandler = async (payload, context) => (await load())(payload, context);
  await runTask({ pool, db, task, handler, log, stopping });
}
