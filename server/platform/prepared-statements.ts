import pg from "pg";
import { log } from "./log";
import { renderSql, type Sql } from "./sql";

/** A new connection costs what it is there to save. */
const IDLE_MS = 60_000;

/** Statements that are run over and over, on connections of their own. */
export type PreparedStatements = {
  /** The rows of a statement. @param name stands for one text: under it the statement is kept by PostgreSQL */
  rows<T extends pg.QueryResultRow>(name: string, statement: Sql): Promise<T[]>;
  /** The same of a text with `$1`, `$2`, … */
  rowsOfText<T extends pg.QueryResultRow>(
    name: string,
    text: string,
    params: readonly unknown[],
  ): Promise<T[]>;
  /** Ends the connections, after the statements under way. */
  close(): Promise<void>;
};

/**
 * Each statement is parsed and planned once, for any values. The tables may be small at that time and large a minute
 * later, so plans never read a table from end to end where an index will do. A connection that breaks is made anew.
 * @param pool says which database
 * @param connections how many statements run at once, at most
 */
export function openPreparedStatements(pool: pg.Pool, connections = 1): PreparedStatements {
  const own = new pg.Pool({
    ...pool.options,
    max: connections,
    idleTimeoutMillis: IDLE_MS,
    onConnect: async (client) => {
      await client.query("set plan_cache_mode = force_generic_plan; set enable_seqscan = off");
    },
  });
  own.on("error", (error) => log().warn({ err: error }, "a database connection was lost"));
  async function rowsOfText<T extends pg.QueryResultRow>(
    name: string,
    text: string,
    params: readonly unknown[],
  ): Promise<T[]> {
    const { rows } = await own.query<T>({ name, text, values: [...params] });
    return rows;
  }
  return {
    rows<T extends pg.QueryResultRow>(name: string, statement: Sql): Promise<T[]> {
      const { text, params } = renderSql(statement);
      return rowsOfText<T>(name, text, params);
    },
    rowsOfText,
    close: () => own.end(),
  };
}
