import { labelInSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { fromJobLabels, type JobLabels } from "../job-labels";
import type { LabelGroup, SessionDraw } from "../statistics/estimates/label-group";
import { valueKey } from "../statistics/value-key";

type GroupRow = Omit<LabelGroup, "predicted" | "truth"> & { predicted: string[]; truth: string[] | null };

/** The labels `a` of a job that the asker may see: what follows `from`. */
const population = (of: JobLabels): Sql => sql`${fromJobLabels(of)} and ${labelInSight(of.sight)}`;

/**
 * Counts a job's labels in the database by what it gave, a fifth of its confidences, and what people found. Of a label's
 * verdicts counts the first blind one, else the newest that stands; what was given to several at a stroke never does.
 * Labels and verdicts are put together by grouping, not by a join: right after a job the planner knows no figures, and
 * would compare all with all.
 */
export async function readLabelGroups(db: Db, of: JobLabels): Promise<LabelGroup[]> {
  const { sight, jobId, label } = of;
  const rows = await queryRows<GroupRow>(
    db,
    sql`with label as materialized (select a."id", a."value", a."conf" from ${population(of)}),
      fifths as (
        select array(select distinct unnest(percentile_disc(array[0.2, 0.4, 0.6, 0.8]::float8[])
          within group (order by "conf")) as edge from label where "conf" is not null order by 1) as "edges"),
      verdict as materialized (
        select v."annotationId", v."sessionId", v."status", v."value", v."blind", v."together", v."createdAt", v."id"
        from "Verification" v
        where v."projectId" = ${sight.projectId}::uuid and v."jobId" = ${jobId}::uuid
          and v."labelName" = ${label}::text and v."status" is not null and (v."blind" or v."current")
          and ${verdictInSight(sight)}),
      evidence as (
        select distinct on ("annotationId") * from verdict where not "together"
        order by "annotationId", "blind" desc, case when "blind" then "createdAt" end, "createdAt" desc, "id" desc),
      known as (
        select "id", "value", "conf", null as "kind", null::text[] as "truth", null as "sessionId" from label
        union all
        select "annotationId", null, null, case when "blind" then 'blind' else 'seen' end,
          case when "status" in ('CONFIRMS', 'CORRECTS') then "value" end, "sessionId"::text from evidence
        union all
        select "annotationId", null, null, 'together', null, null from verdict where "together"),
      each as (
        -- Blind, seen, together: the first of them by their letters as well.
        select "id", max("value") as "predicted", max("conf") as "conf", min("kind" collate "C") as "kind",
          max("truth") as "truth", max("sessionId")::uuid as "sessionId"
        from known group by "id" having bool_or("value" is not null)),
      weighed as (
        select e."predicted", e."conf", width_bucket(e."conf", fifths."edges") as "bin", e."kind", e."truth",
          e."sessionId", 1 / coalesce(i."inclusion", 1) as "weight"
        from each e cross join fifths
        left join "SessionItem" i on i."projectId" = ${sight.projectId}::uuid and i."sessionId" = e."sessionId"
          and i."annotationId" = e."id")
      select "predicted", "bin", "kind", "truth", "sessionId", count(*)::int as "count",
        sum(coalesce("conf", 0)) as "conf", sum(coalesce("conf", 0) ^ 2) as "confSquares",
        min("conf") as "confFrom", max("conf") as "confTo", sum("weight") as "weight", sum("weight" ^ 2) as "squares"
      from weighed group by "predicted", "bin", "kind", "truth", "sessionId"`,
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
  { sessionIds, ...of }: JobLabels & { sessionIds: readonly string[] },
): Promise<SessionDraw[]> {
  return queryRows(
    db,
    sql`select s."id", s."order" = 'random' as "shuffled", count(*)::int as "items", sum(1 / i."inclusion") as "frame",
        max(i."inclusion") - min(i."inclusion") < 1e-9 as "equal"
      from "VerificationSession" s
      join "SessionItem" i on i."projectId" = s."projectId" and i."sessionId" = s."id"
      join (select a."projectId", a."id" from ${population(of)}) p
        on p."projectId" = i."projectId" and p."id" = i."annotationId"
      where s."projectId" = ${of.sight.projectId}::uuid and s."id" = any(${sessionIds}::uuid[])
      group by s."id"`,
  );
}
