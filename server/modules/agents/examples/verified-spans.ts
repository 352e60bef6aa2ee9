import { NO_SPAN } from "@/contracts/records";
import { outcomeInSight, type Sight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

type SpansAsked = {
  projectId: string;
  sight: Sight;
  /** Labels of spans. */
  names: readonly string[];
  /** The condition on a verdict `"Verification" v` that it is of those asked for. */
  among: Sql;
};

/**
 * Steps of a statement that find texts whose spans people have settled: `whole` with those where every span of a
 * label that one job marked, or that it found none, was decided (`recordId`, `labelName`, `at`).
 *
 * One verdict says nothing of the rest of the text. But who decided on all that a job marked in it was asked what it
 * missed as well, and marked that as spans of their own. A text of which the reader may not see everything yet is
 * left out: without what others added it would look complete.
 */
export const wholeSpanSteps = ({ projectId, sight, names, among }: SpansAsked): Sql =>
  sql`decided as materialized (
      select distinct on (v."annotationId") v."recordId", v."labelName", v."jobId", v."verifierId", v."id",
        v."status", v."value", v."createdAt" as "at", a."start" as "from", a."end" as "to",
        coalesce(v."start", a."start") as "start", coalesce(v."end", a."end") as "end"
      from "Verification" v
      join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId" and a."level" = 'span'
      where v."projectId" = ${projectId}::uuid and v."current" and v."status" in ('CONFIRMS', 'CORRECTS')
        and v."labelName" = any(${names}::text[]) and ${among}
      order by v."annotationId", v."createdAt" desc, v."id" desc),
    whole as (
      select d."recordId", d."labelName", max(d."at") as "at" from (
        select "recordId", "labelName", "jobId", max("at") as "at", count(*) as "n" from decided
        group by "recordId", "labelName", "jobId") d
      where d."n" = (select count(*) from "Annotation" a where a."projectId" = ${projectId}::uuid
          and a."recordId" = d."recordId" and a."annotatorId" = d."jobId" and a."labelName" = d."labelName"
          and a."level" = 'span')
        and ${outcomeInSight(sight, rawSql(`d."recordId"`), rawSql(`d."labelName"`))}
      group by d."recordId", d."labelName")`;

/**
 * Steps that follow `picked`, which names records: `settled` has the spans of each (`recordId`, `labelName`, `value`
 * as a list of `{start, end, value}`), none being an answer too.
 *
 * At one place (exact borders) the last word of a person counts, as for final labels: a decision on differing
 * annotators, before a verdict or a span that a verifier of the text marked. A text is left out where words stay open:
 * somebody who verified nothing there marked words that nobody decided on, or one said that there is nothing and another
 * that there is.
 */
export const settledSpanSteps = ({ projectId }: SpansAsked): Sql =>
  sql`asked as (select w."recordId", w."labelName" from whole w join picked using ("recordId")),
    heard as (select d.* from decided d join asked using ("recordId", "labelName")),
    words as (
      select d."recordId", d."labelName", d."start", d."end", d."value", 0 as "rank", d."createdAt" as "at", d."id"
      from "Reconciliation" d join asked using ("recordId", "labelName")
      where d."projectId" = ${projectId}::uuid and d."current" and not d."cleared" and d."start" >= 0
      union all
      select "recordId", "labelName", "start", "end", "value", 1, "at", "id" from heard where "start" >= 0
      union all
      select "recordId", "labelName", "from", "to", '{}', 1, "at", "id" from heard where ("from", "to") <> ("start", "end")
      union all
      select a."recordId", a."labelName", a."start", a."end", a."value",
        case when w."verifierId" is null then ${OPEN}::int else 1 end, a."updatedAt", a."id"
      from asked join "Annotation" a using ("recordId", "labelName")
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId" and t."kind" = 'user'
      left join (select distinct "recordId", "labelName", "verifierId" from heard) w
        on w."recordId" = a."recordId" and w."labelName" = a."labelName" and w."verifierId" = a."annotatorId"
      where a."projectId" = ${projectId}::uuid and a."level" = 'span' and a."start" >= 0),
    last_words as (
      select distinct on ("recordId", "labelName", "start", "end") * from words
      order by "recordId", "labelName", "start", "end", "rank", "at" desc, "id" desc),
    places as (
      select "recordId", "labelName", bool_or("rank" = ${OPEN}::int) as "open",
        coalesce(jsonb_agg(jsonb_build_object('start', "start", 'end', "end", 'value', to_jsonb("value"))
          order by "start", "end") filter (where cardinality("value") > 0), '[]') as "value"
      from last_words group by "recordId", "labelName"),
    nothing as (
      select "recordId", "labelName", bool_or("status" = 'CONFIRMS') as "none", bool_or("status" = 'CORRECTS') as "some"
      from heard where "from" = ${NO_SPAN}::int group by "recordId", "labelName"),
    settled as (
      select "recordId", "labelName", coalesce(p."value", '[]') as "value"
      from asked left join places p using ("recordId", "labelName") left join nothing o using ("recordId", "labelName")
      where p."open" is not true
        and case when coalesce(p."value", '[]') = '[]' then o."some" is not true else o."none" is not true end)`;

/** The last of ranks: marked by somebody who verified nothing in the text. */
const OPEN = 2;
