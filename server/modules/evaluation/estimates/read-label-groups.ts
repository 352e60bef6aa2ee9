import { labelInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import type { LabelGroup, SessionDraw } from "../statistics/estimates/label-group";
import { valueKey } from "../statistics/value-key";

type JobLabel = { sight: Sight; jobId: string; label: string };

type GroupRow = Omit<LabelGroup, "predicted" | "truth"> & { predicted: string[]; truth: string[] | null };

/** The labels of a job that the asker may see, on records that are there. */
const populationOf = ({ sight, jobId, label }: JobLabel): Sql =>
  sql`select a."id", a."value", a."conf" from "Annotation" a
    join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
    where a."projectId" = ${sight.projectId}::uuid and a."annotatorId" = ${jobId}::uuid
      and a."labelName" = ${label}::text and a."level" = 'record' and cardinality(a."value") > 0
      and ${labelInSight(sight)}`;

/**
 * Counts a job's labels in the database by what it gave, a fifth of its confidences, and what people found. Of a label's
 * verdicts counts the first blind one, else the newest that stands; what was given to several at a stroke never does.
 */
export async function readLabelGroups(db: Db, of: JobLabel): Promise<LabelGroup[]> {
  const { sight, jobId, label } = of;
  const rows = await queryRows<GroupRow>(
    db,
    sql`with population as materialized (${populationOf(of)}),
      fifths as (
        select array(select distinct unnest(percentile_disc(array[0.2, 0.4, 0.6, 0.8]::float8[])
          within group (order by "conf")) as edge from population where "conf" is not null order by 1) as "edges"),
      verdict as materialized (
        select v."annotationId", v."sessionId", v."status", v."value", v."blind", v."together", v."createdAt", v."id"
        from "Verification" v
        where v."projectId" = ${sight.projectId}::uuid and v."jobId" = ${jobId}::uuid
          and v."labelName" = ${label}::text and v."status" is not null and (v."blind" or v."current")
          and ${verdictInSight(sight)}),
      evidence as (
        select distinct on ("annotationId") * from verdict where not "together"
        order by "annotationId", "blind" desc, case when "blind" then "createdAt" end, "createdAt" desc, "id" desc),
      stroke as (select distinct "annotationId" from verdict where "together"),
      each as (
        select p."value" as "predicted", p."conf", width_bucket(p."conf", fifths."edges") as "bin",
          case when e."blind" then 'blind' when e."id" is not null then 'seen'
            when s."annotationId" is not null then 'together' end as "kind",
          case when e."status" in ('CONFIRMS', 'CORRECTS') then e."value" end as "truth", e."sessionId",
          1 / coalesce(i."inclusion", 1) as "weight"
        from population p cross join fifths
        left join evidence e on e."annotationId" = p."id"
        left join stroke s on s."annotationId" = p."id"
        left join "SessionItem" i on i."projectId" = ${sight.projectId}::uuid and i."sessionId" = e."sessionId"
          and i."annotationId" = e."annotationId")
      select "predicted", "bin", "kind", "truth", "sessionId", count(*)::int as "count",
        sum(coalesce("conf", 0)) as "conf", sum(coalesce("conf", 0) ^ 2) as "confSquares",
        min("conf") as "confFrom", max("conf") as "confTo", sum("weight") as "weight", sum("weight" ^ 2) as "squares"
      from each group by "predicted", "bin", "kind", "truth", "sessionId"`,
  );
  return rows.map(({ predicted, truth, ...group }) => ({
    ...group,
    predicted: valueKey(predicted),
    truth: truth && valueKey(truth),
  }));
}

/** How each of the sessions came by the labels of the job that it holds. */
export function readSessionDraws(
  db: Db,
  { sessionIds, ...of }: JobLabel & { sessionIds: readonly string[] },
): Promise<SessionDraw[]> {
  return queryRows(
    db,
    sql`with population as materialized (${populationOf(of)})
      select s."id", s."order" = 'random' as "shuffled", count(*)::int as "items", sum(1 / i."inclusion") as "frame",
        max(i."inclusion") - min(i."inclusion") < 1e-9 as "equal"
      from "VerificationSession" s
      join "SessionItem" i on i."projectId" = s."projectId" and i."sessionId" = s."id"
      join population p on p."id" = i."annotationId"
      where s."projectId" = ${of.sight.projectId}::uuid and s."id" = any(${sessionIds}::uuid[])
      group by s."id"`,
  );
}
