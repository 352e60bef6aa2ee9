import pg from "pg";
import { log } from "./log";
import { renderSql, type Sql } from "./sql";

/** A new connection costs what it is there to save. */
const IDLE_MS = 60_000;
const PLAN_ONCE = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off";

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
      await client.query(PLAN_ONCE);
    },
  });
  own.on("error", warn);
  return statementsOn(
    (query) => own.query(query),
    () => own.end(),
  );
}

/**
 * The same on one connection, on which a statement is sent without waiting for the one ahead of it: PostgreSQL runs them
 * in their order, each in a transaction of its own, and begins the next when the last has committed, not when this
 * process has come to hear of it.
 */
export function openStatementPipeline(pool: pg.Pool): PreparedStatements {
  let connection: Promise<pg.Client> | undefined;
  function connected(): Promise<pg.Client> {
    if (connection) return connection;
    const client = new pg.Client({ ...pool.options, pipeline: true });
    const opened = open(client);
    // It may break when the next one is there already.
    const forget = () => {
      if (connection === opened) connection = undefined;
    };
    client.on("error", warn);
    client.once("end", forget);
    opened.catch(() => {
      forget();
      client.end().catch(warn);
    });
    connection = opened;
    return opened;
  }
  return statementsOn(
    async (query) => (await connected()).query(query),
    async () =>
      connection?.then(
        (client) => client.end(),
        () => undefined,
      ),
  );
}

async function open(client: pg.Client): Promise<pg.Client> {
  await client.connect();
  await client.query(PLAN_ONCE);
  return client;
}

const warn = (error: Error) => log().warn({ err: error }, "a database connection was lost");

function statementsOn(
  run: (query: pg.QueryConfig) => Promise<pg.QueryResult>,
  close: () => Promise<void>,
): PreparedStatements {
  async function rowsOfText<T extends pg.QueryResultRow>(
    name: string,
    text: string,
    params: readonly unknown[],
  ): Promise<T[]> {
    const { rows } = await run({ name, text, values: [...params] });
    return rows;
  }
  return {
    rows<T extends pg.QueryResultRow>(name: string, statement: Sql): Promise<T[]> {
      const { text, params } = renderSql(statement);
      return rowsOfText<T>(name, text, params);
    },
    rowsOfText,
    close,
  };
}
