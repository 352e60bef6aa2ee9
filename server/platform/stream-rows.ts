import type pg from "pg";

type StreamOptions = {
  /** Rows fetched at a time. */
  batchSize?: number;
  /** Ends the stream, and the query that runs for it, at once. */
  signal?: AbortSignal;
};

/**
 * The rows of a query in batches by a server-side cursor, so that a result of any size needs the memory of
 * one batch. One connection is held, in a read-only transaction with one view of the data, until the last
 * batch was taken or the loop was left.
 */
export async function* streamBatches<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  params: readonly unknown[] = [],
  { batchSize = 1000, signal }: StreamOptions = {},
): AsyncGenerator<T[]> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  let stopCancelling = () => {};
  // A connection that breaks between two fetches is told by the next one.
  const wait = () => {};
  client.on("error", wait);
  let broken: unknown;
  try {
    if (signal) stopCancelling = await cancelOn(signal, pool, client);
    await client.query("begin isolation level repeatable read read only");
    await client.query(`declare stream no scroll cursor for ${sql}`, [...params]);
    for (;;) {
      signal?.throwIfAborted();
      const { rows } = await client.query<T>(`fetch ${Math.trunc(batchSize)} from stream`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchSize) return;
    }
  } catch (error) {
    broken = error;
    throw error;
  } finally {
    stopCancelling();
    if (signal?.aborted) broken ??= signal.reason;
    if (broken === undefined)
      await client.query("rollback").catch((error: unknown) => {
        broken = error;
      });
    client.off("error", wait);
    // After an error, or when a cancellation may still be on its way, the connection is closed rather than given back.
    client.release(broken !== undefined);
  }
}

/** The rows of {@link streamBatches}, one by one. */
export async function* streamRows<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  params: readonly unknown[] = [],
  options: StreamOptions = {},
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
