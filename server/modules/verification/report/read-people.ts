import type { PersonReport } from "@/contracts/session-report";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";

type Row = Omit<PersonReport, "perHour">;

/**
 * What each person did, whoever did most first.
 * @param verdicts the condition on `"Verification" v` of what is counted
 */
export async function readPeople(db: Db, verdicts: Sql): Promise<PersonReport[]> {
  const rows = await queryRows<Row>(
    db,
    sql`with given as (select v.* from "Verification" v where ${verdicts}),
      last as (
        select distinct on (g."annotationId", g."verifierId") g."verifierId", g."status" from given g
        order by g."annotationId", g."verifierId", g."createdAt" desc, g."id" desc
      ), decided as (
        select "verifierId", count(*) filter (where "status" is not null)::int as "verdicts",
          count(*) filter (where "status" = 'CONFIRMS')::int as "confirmed",
          count(*) filter (where "status" = 'CORRECTS')::int as "corrected",
          count(*) filter (where "status" = 'UNSURE')::int as "unsure"
        from last group by "verifierId"
      ), overtaken as (
        select "verifierId", count(*) filter (where "overtaken")::int as "overtaken" from given group by "verifierId"
      ), each as (
        select "verifierId", sum("activeMs") as "ms" from given where "activeMs" is not null
        group by "verifierId", "annotationId"
      ), timed as (
        select "verifierId", sum("ms")::float8 as "activeMs", count(*)::int as "timed",
          percentile_cont(0.5) within group (order by "ms") / 1000 as "medianSeconds"
        from each group by "verifierId"
      )
      select p."id", p."name", d."verdicts", d."confirmed", d."corrected", d."unsure", o."overtaken",
        coalesce(t."activeMs", 0) as "activeMs", coalesce(t."timed", 0) as "timed", t."medianSeconds"
      from decided d join overtaken o using ("verifierId") left join timed t using ("verifierId")
      join "Annotator" p on p."id" = d."verifierId"
        and p."projectId" = (select g."projectId" from given g limit 1)
      order by d."verdicts" desc, p."name", p."id"`,
  );
  return rows.map((row) => ({
    ...row,
    perHour: row.activeMs > 0 ? (row.timed * 3_600_000) / row.activeMs : null,
  }));
}
