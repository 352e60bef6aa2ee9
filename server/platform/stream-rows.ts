import type pg from "pg";
import { queryLarge } from "./query-large";

type StreamOptions<T> = {
  /** Rows fetched at a time; a function says it anew from the rows that came last (first: none). */
  batchSize?: number | ((last: readonly T[]) => number);
  /** Ends the stream, and the query that runs for it, at once. */
  signal?: AbortSignal;
};

/**
 * The rows of a query in batches by a server-side cursor, so that a result of any size needs the memory of
 * two batches: the next one is fetched while the caller works on the last. One connection is held, in a read-only
 * transaction with one view of the data, until the last batch was taken or the loop was left.
 */
export async function* streamBatches<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  params: readonly unknown[] = [],
  { batchSize = 1000, signal }: StreamOptions<T> = {},
): AsyncGenerator<T[]> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  let stopCancelling = () => {};
  // A connection that breaks between two fetches is told by the next one.
  const wait = () => {};
  client.on("error", wait);
  let broken: unknown;
  let next: Promise<Batch<T>> | undefined;
  try {
    if (signal) stopCancelling = await cancelOn(signal, pool, client);
    await client.query("begin isolation level repeatable read read only");
    await client.query(`declare stream no scroll cursor for ${sql}`, [...params]);
    const sizeAfter = typeof batchSize === "function" ? batchSize : () => batchSize;
    next = fetchBatch<T>(client, sizeAfter([]));
    for (;;) {
      const { rows, asked }: Batch<T> = await next;
      next = undefined;
      signal?.throwIfAborted();
      if (rows.length < asked) {
        if (rows.length > 0) yield rows;
        return;
      }
      next = fetchBatch<T>(client, sizeAfter(rows));
      yield rows;
      signal?.throwIfAborted();
    }
  } catch (error) {
    broken = error;
    throw error;
  } finally {
    stopCancelling();
    if (signal?.aborted) broken ??= signal.reason;
    // What was fetched ahead for nobody.
    await next?.catch((error: unknown) => {
      broken ??= error;
    });
    if (broken === undefined)
      await client.query("rollback").catch((error: unknown) => {
        broken = error;
      });
    client.off("error", wait);
    // After an error, or when a cancellation may still be on its way, the connection is closed rather than given back.
    client.release(broken !== undefined);
  }
}

type Batch<T> = { rows: T[]; asked: number };

function fetchBatch<T extends pg.QueryResultRow>(client: pg.PoolClient, size: number): Promise<Batch<T>> {
  const asked = Math.max(1, Math.trunc(size));
  const fetched = queryLarge<T>(client, `fetch ${asked} from stream`).then((rows) => ({ rows, asked }));
  // It may fail while the caller is busy with the batch before; whoever awaits it is told.
  fetched.catch(() => {});
  return fetched;
}

/** The rows of {@link streamBatches}, one by one. */
export async function* streamRows<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  params: readonly unknown[] = [],
  options: StreamOptions<T> = {},
): AsyncGenerator<T> {
  for await (const batch of streamBatches<T>(pool, sql, params, options)) yield* batch;
}

/** Cancels what runs on the connection when the signal comes; gives back how to stop listening. */
async function cancelOn(signal: AbortSignal, pool: pg.Pool, client: pg.PoolClient): Promise<() => void> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const cancel = () => {
    // When it can't be cancelled the query runs to its next batch, where the signal is seen.
    pool.query("select pg_cancel_backend($1)", [rows[0]?.pid]).catch(() => {});
  };
  signal.addEventListener("abort", cancel, { once: true });
  return () => signal.removeEventListener("abort", cancel);
}
