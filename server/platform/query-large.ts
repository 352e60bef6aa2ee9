import type pg from "pg";

/**
 * Runs one of many statements with large parameters or rows, and gives its rows. The same as `client.query`, but by
 * its callback: the promise that the driver makes holds the statement with all its values, and those of a long run
 * hold one another, so that the young generation's collector can free none of them. They pile up until V8 looks
 * through the whole heap, which it does the later the more there is.
 */
export function queryLarge<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query<Row>(text, values, (error, result) => (error ? reject(error) : resolve(result.rows)));
  });
}
