import type pg from "pg";
import { AppError } from "@/server/platform/errors";

/** How often a person's wish to stop is looked for. */
const EVERY_MS = 500;

export type StopWatch = {
  /** Aborts with the worker, and when a person cancels the import; its reason is what ends the run. */
  signal: AbortSignal;
  /** Afterwards nothing is interrupted any more, and the connection can be used again. */
  end(): Promise<void>;
};

export const cancelled = (): AppError =>
  new AppError("import_cancelled", "The import was cancelled. Nothing was imported.");

/**
 * Looks, while an import runs, for a reason to stop it, and then interrupts the statement that its connection waits
 * for: one over a million rows would else hold up a cancellation until it is done.
 */
export async function watchStop(
  { pool, signal: worker }: { pool: pg.Pool; signal: AbortSignal },
  client: pg.ClientBase,
  importId: string,
): Promise<StopWatch> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid;
  const stop = new AbortController();
  let pending: Promise<unknown> = Promise.resolve();
  const interrupt = (reason: unknown) => {
    if (stop.signal.aborted) return;
    stop.abort(reason);
    // Where it can't be interrupted the statement runs to its end, after which the signal is seen.
    pending = pool.query("select pg_cancel_backend($1)", [pid]).catch(() => undefined);
  };
  const onWorker = () => interrupt(worker.reason);
  worker.addEventListener("abort", onWorker, { once: true });
  if (worker.aborted) stop.abort(worker.reason);
  const timer = setInterval(() => {
    isCancelled(pool, importId).then(
      (is) => is && interrupt(cancelled()),
      () => undefined,
    );
  }, EVERY_MS);
  timer.unref();
  return {
    signal: stop.signal,
    end: async () => {
      clearInterval(timer);
      worker.removeEventListener("abort", onWorker);
      await pending;
    },
  };
}

async function isCancelled(pool: pg.Pool, importId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from "ImportRun" where "id" = $1::uuid and "status" = 'running' and "cancelRequestedAt" is not null`,
    [importId],
  );
  return rowCount === 1;
}
