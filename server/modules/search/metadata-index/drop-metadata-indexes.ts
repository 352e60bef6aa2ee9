import type pg from "pg";
import { INDEX_PREFIX, statisticsNameOf } from "./definition";
import { asOneBuilder } from "./one-builder";

/** An index that no search has used for so many days is dropped, and built anew at its next use. */
const UNUSED_DAYS = 30;

/**
 * Drops the metadata indexes that no search has used for long, those of projects that are archived or gone, and those
 * that no row tells of.
 * @returns whether any are left, to be looked at again
 */
export async function dropMetadataIndexes({
  pool,
  signal,
}: {
  pool: pg.Pool;
  signal: AbortSignal;
}): Promise<boolean> {
  let left = 0;
  await asOneBuilder(pool, signal, async (client) => {
    const { rows } = await client.query<{ indexName: string }>(
      `select m."indexName" from "MetadataIndex" m left join "Project" p on p."id" = m."projectId"
       where p."id" is null or p."archivedAt" is not null or m."usedAt" < now() - make_interval(days => $1)
       union
       select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = '"Record"'::regclass and starts_with(c.relname, $2)
         and not exists (select 1 from "MetadataIndex" m where m."indexName" = c.relname)`,
      [UNUSED_DAYS, INDEX_PREFIX],
    );
    for (const { indexName } of rows) {
      signal.throwIfAborted();
      await client.query(`drop index concurrently if exists "${indexName}"`);
      await client.query(`delete from "MetadataIndex" where "indexName" = $1`, [indexName]);
    }
    left = await dropStatistics(client);
  });
  return left > 0;
}

/** @returns how many names have an index */
async function dropStatistics(client: pg.PoolClient): Promise<number> {
  const names = await client.query<{ name: string }>(`select distinct "name" from "MetadataIndex"`);
  const kept = new Set(names.rows.map(({ name }) => statisticsNameOf(name)));
  const { rows } = await client.query<{ statistics: string }>(
    `select stxname as statistics from pg_statistic_ext
     where stxrelid = '"Record"'::regclass and starts_with(stxname, $1)`,
    [INDEX_PREFIX],
  );
  for (const { statistics } of rows)
    if (!kept.has(statistics)) await client.query(`drop statistics if exists "${statistics}"`);
  return kept.size;
}
