import { MAX_STRATA, type SampleInput, type Stratum } from "@/contracts/subsets";
import type { Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { planSample, type StratumSize } from "./plan-sample";
import { stratumValue } from "./stratum-value";

/** With the value as PostgreSQL writes it, which loses no digit. */
type StratumRow = StratumSize & { key: string };

/**
 * What a sample would be, stratum by stratum, without drawing it.
 * @param sight of whoever draws
 * @param filter the condition on `"Record" r` of the records to draw from
 * @throws AppError `invalid`
 */
export async function previewStrata(
  db: Db,
  sight: Sight,
  filter: Sql,
  sample: SampleInput,
): Promise<Stratum[]> {
  const { strata, taken } = await planned(db, sight, filter, sample);
  return strata.map(({ value, records }, at) => presentStratum({ value, records, sampled: taken[at] ?? 0 }));
}

/**
 * Draws a sample into a subset. In each stratum the order of a seeded hash is a random order that anybody can
 * make again from the same records and seed; the first n_h of it are drawn. N_h, n_h and so the inclusion
 * probability are those of the statement that draws, whatever was written since the strata were counted.
 * @returns the strata as they were drawn
 * @throws AppError `invalid`
 */
export async function drawSample(
  tx: Db,
  { sight, subsetId }: { sight: Sight; subsetId: string },
  filter: Sql,
  sample: SampleInput,
): Promise<Stratum[]> {
  const { projectId } = sight;
  const { strata, taken } = await planned(tx, sight, filter, sample);
  const { value, join } = stratumValue(sight, sample.stratifyBy);
  const rows = await queryRows<Omit<Stratum, "inclusion">>(
    tx,
    sql`with frame as (select r."id", ${value} as "stratum" from "Record" r ${join} where ${filter}),
      plan as (select t."key"::jsonb as "stratum", t."take"
        from unnest(${strata.map(({ key }) => key)}::text[], ${taken}::int[]) as t("key", "take")),
      ranked as (
        select f."id", f."stratum", count(*) over (partition by f."stratum") as "records",
          row_number() over (partition by f."stratum"
            order by md5(${`${sample.seed}:`}::text || f."id"::text) collate "C", f."id") as "rank",
          coalesce(p."take", 0) as "take"
        from frame f left join plan p on p."stratum" = f."stratum"
      ),
      drawn as (
        insert into "SubsetRecord" ("projectId", "subsetId", "recordId", "inclusion")
        select ${projectId}::uuid, ${subsetId}::uuid, k."id", least(k."take", k."records")::float8 / k."records"
        from ranked k where k."rank" <= k."take"
      )
      select k."stratum" as "value", k."records"::int as "records",
        least(k."take", k."records")::int as "sampled"
      from ranked k group by k."stratum", k."records", k."take"
      order by k."stratum" = 'null', k."stratum"`,
  );
  return rows.map(presentStratum);
}

async function planned(db: Db, sight: Sight, filter: Sql, sample: SampleInput) {
  const { value, join } = stratumValue(sight, sample.stratifyBy);
  const strata = await queryRows<StratumRow>(
    db,
    sql`select f."stratum" as "value", f."stratum"::text as "key", count(*)::int as "records"
      from (select ${value} as "stratum" from "Record" r ${join} where ${filter}) f
      group by f."stratum" order by f."stratum" = 'null', f."stratum" limit ${MAX_STRATA + 1}::int`,
  );
  return { strata, taken: planSample(strata, sample) };
}

const presentStratum = ({ value, records, sampled }: Omit<Stratum, "inclusion">): Stratum => ({
  value,
  records,
  sampled,
  inclusion: sampled / records,
});
