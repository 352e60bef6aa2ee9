import type pg from "pg";

/**
 * The rows of a query in batches by a server-side cursor, so that a result of any size needs the memory of
 * one batch. One connection is held, in a read-only transaction with one view of the data, until the last
 * batch was taken or the loop was left.
 * @param batchSize rows fetched at a time
 */
export async function* streamBatches<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  params: readonly unknown[] = [],
  batchSize = 1000,
): AsyncGenerator<T[]> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query(`declare stream no scroll cursor for ${sql}`, [...params]);
    for (;;) {
      const { rows } = await client.query<T>(`fetch ${Math.trunc(batchSize)} from stream`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchSize) return;
    }
  } catch (error) {
    broken = error;
    throw error;
  } finally {
    if (broken === undefined) await client.query("rollback");
    // After an error the state of the connection is unknown, so it is closed rather than given back.
    client.release(broken !== undefined);
  }
}

/** The rows of {@link streamBatches}, one by one. */
export async function* streamRows<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  params: readonly unknown[] = [],
  batchSize = 1000,
): AsyncGenerator<T> {
  for await (const batch of streamBatches<T>(pool, sql, params, batchSize)) yield* batch;
}
