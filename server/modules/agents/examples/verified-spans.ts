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
 * At one place (exact borders) a decision on differing annotators counts first, as for final labels; without one, what
 * everybody who spoke of the place says there: in a verdict, or in a mark of their own. A verdict that moves a span says
 * that nothing is at any other place it was given. A label is left out where words stay open: people differ at a place,
 * somebody who verified nothing marked words that nobody decided on, or one said that there is nothing and another that
 * there is.
 * @param verdicts the condition on a verdict `"Verification" v` that it decides on one of the labels
 */
export const settledSpans = (projectId: string, verdicts: Sql): Sql =>
  sql`with heard as (
      select distinct on (v."annotationId", v."verifierId") v."annotationId", v."labelName", v."verifierId" as "who",
        v."id", v."status", v."value", v."createdAt" as "at", a."start" as "from", a."end" as "to",
        coalesce(v."start", a."start") as "start", coalesce(v."end", a."end") as "end"
      from "Verification" v join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
      where ${verdicts} and v."recordId" = p."recordId" and v."labelName" = any(p."spans")
      order by v."annotationId", v."verifierId", v."createdAt" desc, v."id" desc),
    borders as (
      select "annotationId", "start", "end" from heard union select "annotationId", "from", "to" from heard),
    words as (
      select "labelName", "start", "end", "value", "who", "at", "id" from heard where "start" >= 0
      union all
      select h."labelName", b."start", b."end", '{}', h."who", h."at", h."id"
      from heard h join borders b on b."annotationId" = h."annotationId"
        and (b."start", b."end") <> (h."start", h."end")
      union all
      select a."labelName", a."start", a."end", a."value", a."annotatorId", a."updatedAt", a."id"
      from "Annotation" a
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId" and t."kind" = 'user'
      where a."projectId" = ${projectId}::uuid and a."recordId" = p."recordId" and a."labelName" = any(p."spans")
        and a."level" = 'span' and a."start" >= 0),
    last_words as (
      select distinct on ("labelName", "start", "end", "who") *,
        ("labelName", "who") in (select "labelName", "who" from heard) as "verifies"
      from words order by "labelName", "start", "end", "who", "at" desc, "id" desc),
    said as (
      select "labelName", "start", "end", min("value") as "value",
        min("value") <> max("value") or not bool_or("verifies") as "open"
      from last_words group by 1, 2, 3),
    decided as (
      select d."labelName", d."start", d."end", d."value"
      from "Reconciliation" d where d."projectId" = ${projectId}::uuid and d."recordId" = p."recordId"
        and d."labelName" = any(p."spans") and d."current" and not d."cleared" and d."start" >= 0),
    settled as (
      select "labelName", "start", "end", coalesce(d."value", s."value") as "value",
        d."value" is null and s."open" as "open"
      from said s full join decided d using ("labelName", "start", "end")),
    places as (
      select "labelName", bool_or("open") as "open",
        coalesce(jsonb_agg(jsonb_build_object('start', "start", 'end', "end", 'value', to_jsonb("value"))
          order by "start", "end") filter (where cardinality("value") > 0), '[]') as "value"
      from settled group by "labelName"),
    nothing as (
      select "labelName", bool_or("status" = 'CONFIRMS') as "none", bool_or("status" = 'CORRECTS') as "some"
      from heard where "from" = ${NO_SPAN}::int group by "labelName")
    select jsonb_object_agg("labelName", coalesce(s."value", '[]')) as "labels"
    from unnest(p."spans") as asked ("labelName")
      left join places s using ("labelName") left join nothing o using ("labelName")
    where s."open" is not true
      and case when coalesce(s."value", '[]') = '[]' then o."some" is not true else o."none" is not true end`;
