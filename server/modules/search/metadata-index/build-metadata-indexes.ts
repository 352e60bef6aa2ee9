import type pg from "pg";
import { createIndexStatement, createStatisticsStatement, type MetadataIndexKey } from "./definition";
import { asOneBuilder } from "./one-builder";

type Row = MetadataIndexKey & { indexName: string };

type BuildContext = {
  pool: pg.Pool;
  signal: AbortSignal;
  /** Whether an index that can't be built now is given up. */
  lastAttempt: boolean;
};

/**
 * Builds the metadata indexes of a project that searches have asked for, while reading and writing go on. What a
 * killed run has left half built is dropped and built anew.
 */
export async function buildMetadataIndexes(context: BuildContext, projectId: string): Promise<void> {
  const { pool, signal } = context;
  await asOneBuilder(pool, signal, async (client) => {
    const { rows } = await client.query<Row>(
      `select "projectId", "name", "order", "indexName" from "MetadataIndex"
       where "projectId" = $1::uuid and "state" = 'building' order by "createdAt", "name", "order"`,
      [projectId],
    );
    for (const row of rows) {
      signal.throwIfAborted();
      await build(client, row, context);
    }
  });
}

async function build(client: pg.PoolClient, row: Row, { pool, lastAttempt }: BuildContext): Promise<void> {
  const { projectId, name, order, indexName } = row;
  const write = (state: "ready" | "failed", error: string | null) =>
    pool.query(
      `update "MetadataIndex" set "state" = $4::"MetadataIndexState", "error" = $5, "readyAt" = now()
       where "projectId" = $1::uuid and "name" = $2 and "order" = $3`,
      [projectId, name, order, state, error],
    );
  try {
    if ((await stateOf(client, indexName)) === "invalid")
      await client.query(`drop index concurrently if exists "${indexName}"`);
    if ((await stateOf(client, indexName)) === "absent") await client.query(createIndexStatement(row));
    await client.query(createStatisticsStatement(name));
    await client.query(`analyze "Record"`);
  } catch (error) {
    if (lastAttempt)
      await write("failed", error instanceof Error ? error.message.slice(0, 1000) : String(error));
    throw error;
  }
  await write("ready", null);
}

async function stateOf(client: pg.PoolClient, indexName: string): Promise<"absent" | "invalid" | "valid"> {
  const { rows } = await client.query<{ valid: boolean }>(
    `select i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relname = $1 and i.indrelid = '"Record"'::regclass`,
    [indexName],
  );
  const [row] = rows;
  if (!row) return "absent";
  return row.valid ? "valid" : "invalid";
}
