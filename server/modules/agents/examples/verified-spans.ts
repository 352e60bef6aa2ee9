import { NO_SPAN } from "@/contracts/records";
import { outcomeInSight, type Sight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/**
 * A `select` of the texts in which every span of a label that one job marked was decided, or that it found none:
 * `recordId`, `labelName` and `at`, the time of the last verdict.
 *
 * One verdict says nothing of the rest of the text. But who decided on all that a job marked in it was asked what it
 * missed as well, and marked that as spans of their own. A text of which the reader may not see everything yet is
 * left out: without what others added it would look complete.
 * @param verdicts the condition on a verdict `"Verification" v` that it decides, and is of those asked for
 */
export const textsWithDecidedSpans = (sight: Sight, verdicts: Sql): Sql =>
  sql`select d."recordId", d."labelName", max(d."at") as "at" from (
      select v."recordId", v."labelName", v."jobId", count(distinct v."annotationId") as "n", max(v."createdAt") as "at"
      from "Verification" v where ${verdicts}
      group by v."recordId", v."labelName", v."jobId") d
    where d."n" = (select count(*) from "Annotation" a where a."projectId" = ${sight.projectId}::uuid
        and a."recordId" = d."recordId" and a."annotatorId" = d."jobId" and a."labelName" = d."labelName"
        and a."level" = 'span')
      and ${outcomeInSight(sight, rawSql(`d."recordId"`), rawSql(`d."labelName"`))}
    group by d."recordId", d."labelName"`;

/**
 * A `select` of one value `labels` for a text `p` (`recordId`, and in `spans` the names of labels): by name the spans on
 * which people settled, `{start, end, value}` by their place, none being an answer too.
 *
 * At one place (exact borders) the last word of a person counts, as for final labels: a decision on differing
 * annotators, before a verdict or a span that a verifier of the text marked. A label is left out where words stay open:
 * somebody who verified nothing there marked words that nobody decided on, or one said that there is nothing and another
 * that there is.
 * @param verdicts as for {@link textsWithDecidedSpans}
 */
export const settledSpans = (projectId: string, verdicts: Sql): Sql =>
  sql`with heard as (
      select distinct on (v."annotationId") v."labelName", v."verifierId", v."id", v."status", v."value",
        v."createdAt" as "at", a."start" as "from", a."end" as "to",
        coalesce(v."start", a."start") as "start", coalesce(v."end", a."end") as "end"
      from "Verification" v join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
      where ${verdicts} and v."recordId" = p."recordId" and v."labelName" = any(p."spans")
      order by v."annotationId", v."createdAt" desc, v."id" desc),
    words as (
      select d."labelName", d."start", d."end", d."value", 0 as "rank", d."createdAt" as "at", d."id"
      from "Reconciliation" d where d."projectId" = ${projectId}::uuid and d."recordId" = p."recordId"
        and d."labelName" = any(p."spans") and d."current" and not d."cleared" and d."start" >= 0
      union all
      select "labelName", "start", "end", "value", 1, "at", "id" from heard where "start" >= 0
      union all
      select "labelName", "from", "to", '{}', 1, "at", "id" from heard where ("from", "to") <> ("start", "end")
      union all
      select a."labelName", a."start", a."end", a."value", case when a."annotatorId" in (select h."verifierId"
          from heard h where h."labelName" = a."labelName") then 1 else ${OPEN}::int end, a."updatedAt", a."id"
      from "Annotation" a
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId" and t."kind" = 'user'
      where a."projectId" = ${projectId}::uuid and a."recordId" = p."recordId" and a."labelName" = any(p."spans")
        and a."level" = 'span' and a."start" >= 0),
    last_words as (
      select distinct on ("labelName", "start", "end") * from words
      order by "labelName", "start", "end", "rank", "at" desc, "id" desc),
    places as (
      select "labelName", bool_or("rank" = ${OPEN}::int) as "open",
        coalesce(jsonb_agg(jsonb_build_object('start', "start", 'end', "end", 'value', to_jsonb("value"))
          order by "start", "end") filter (where cardinality("value") > 0), '[]') as "value"
      from last_words group by "labelName"),
    nothing as (
      select "labelName", bool_or("status" = 'CONFIRMS') as "none", bool_or("status" = 'CORRECTS') as "some"
      from heard where "from" = ${NO_SPAN}::int group by "labelName")
    select jsonb_object_agg("labelName", coalesce(s."value", '[]')) as "labels"
    from unnest(p."spans") as asked ("labelName")
      left join places s using ("labelName") left join nothing o using ("labelName")
    where s."open" is not true
      and case when coalesce(s."value", '[]') = '[]' then o."some" is not true else o."none" is not true end`;

/** The last of ranks: marked by somebody who verified nothing in the text. */
const OPEN = 2;
