import type { AggregationCounts } from "@/contracts/aggregation";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";

/** The counts of a snapshot before its first record. */
export const emptyCounts = (): AggregationCounts => ({
  records: 0,
  decided: 0,
  ties: 0,
  verified: 0,
  reconciled: 0,
  accepted: 0,
  differing: 0,
  distribution: {},
});

/**
 * Whether those who were asked gave more than one value. A model is never quite sure, so under one it is whether all who
 * voted gave what is final.
 */
export const DIFFERS = `case when f."provenance" ->> 'source' = 'model'
  then cardinality(f."tie") > 0 or jsonb_array_length(f."provenance" -> 'annotators') < (f."provenance" ->> 'votes')::int
  else f."entropy" > 0 end`;

/** The counts of decisions `f`, as a `select` of one column `counts`. */
export const countsOf = (from: Sql): Sql => sql`select json_build_object('records', count(*),
    'decided', count(*) filter (where cardinality(f."value") > 0 or f."spans" is not null),
    'ties', count(*) filter (where cardinality(f."tie") > 0),
    'verified', count(*) filter (where f."provenance" ->> 'source' = 'verdict'),
    'reconciled', count(*) filter (where f."provenance" ->> 'source' = 'reconciliation'),
    'accepted', count(*) filter (where f."provenance" ->> 'source' = 'accepted'),
    'differing', count(*) filter (where ${rawSql(DIFFERS)}),
    'distribution', (select coalesce(json_object_agg(o.option, o.n order by o.option collate "C"), '{}')
      from (select u.option, count(*) as n from ${from} cross join unnest(f."value") u(option) group by u.option) o)
    ) as "counts"
  from ${from}`;

/** The counts of the rows of a snapshot. */
export async function countSnapshot(
  db: Db,
  projectId: string,
  aggregationId: string,
): Promise<AggregationCounts> {
  const rows = sql`(select * from "FinalLabel" where "projectId" = ${projectId}::uuid
    and "aggregationId" = ${aggregationId}::uuid) f`;
  const [found] = await queryRows<{ counts: AggregationCounts }>(db, countsOf(rows));
  return found?.counts ?? emptyCounts();
}
