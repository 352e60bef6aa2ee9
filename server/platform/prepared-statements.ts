import pg from "pg";
import { log } from "./log";
import { renderSql, type Sql } from "./sql";

/** Statements that are run over and over, on a connection of their own. */
export type PreparedStatements = {
  /** The rows of a statement. @param name stands for one text: under it the statement is kept by PostgreSQL */
  rows<T extends pg.QueryResultRow>(name: string, statement: Sql): Promise<T[]>;
  /** Ends the connection, after the statement under way. */
  close(): Promise<void>;
};

/**
 * Each statement is parsed and planned once, for any values. The tables may be small at that time and large a minute
 * later, so plans never read a table from end to end where an index will do. A connection that breaks is made anew.
 * @param pool says which database
 */
export function openPreparedStatements(pool: pg.Pool): PreparedStatements {
  const own = new pg.Pool({
    ...pool.options,
    max: 1,
    onConnect: async (client) => {
      await client.query("set plan_cache_mode = force_generic_plan; set enable_seqscan = off");
    },
  });
  own.on("error", (error) => log().warn({ err: error }, "a database connection was lost"));
  return {
    async rows<T extends pg.QueryResultRow>(name: string, statement: Sql): Promise<T[]> {
      const { text, params } = renderSql(statement);
      const { rows } = await own.query<T>({ name, text, values: params });
      return rows;
    },
    close: () => own.end(),
  };
}
