import { NO_SPAN } from "@/contracts/records";
import { labelInSight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { DecideInput } from "./decide-input";
import { hasVote, successors } from "./has-vote";

/**
 * The same as `decisions` for a label of spans: a row for each record in which somebody looked for spans, with those
 * that are final in `spans` (`finalSpan` of contracts/aggregation.ts, by their place) and their options in `value`.
 *
 * A place (exact borders) is final by the last word of a person on it, where the policy heeds people: a decision on
 * differing annotators, before a verdict on a job's span or a span of a person's own. A verdict speaks of the job's
 * place, and with other borders of those too: there what it says stands, here nothing. Elsewhere a place is final when
 * more than half of those who looked for spans in the record gave it the same value; who found none there counts.
 */
export function spanDecisions(input: DecideInput): Sql {
  const { projectId, label, annotators, policy, sight, records } = input;
  const verified = policy === "verified-first";
  const isDecidable = records ? sql`r."deletedAt" is null and ${records}` : rawSql(`r."deletedAt" is null`);
  const join = (table: string) =>
    sql`join "Record" r on r."projectId" = ${rawSql(table)}."projectId" and r."id" = ${rawSql(table)}."recordId"
      and ${isDecidable}`;
  const among = (column: string) =>
    annotators === null ? rawSql("true") : sql`${rawSql(column)} = any(${annotators}::uuid[])`;
  return sql`with ${successors(input)}, given as (
      select a."recordId", r."position", a."annotatorId", t."kind"::text as "kind", t."name", a."start", a."end",
        a."value", a."updatedAt" as "at"
      from "Annotation" a ${join("a")}
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId"
      where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'span'
        and ${among(`a."annotatorId"`)} and ${hasVote(input)} and ${sight ? labelInSight(sight) : rawSql("true")}),
    lookers as (
      select "recordId", "position", "annotatorId" from given
      union
      select p."recordId", r."position", p."annotatorId" from "AnnotationResponse" p ${join("p")}
      where p."projectId" = ${projectId}::uuid and p."labelName" = ${label}::text and p."status" = 'NONE'
        and ${among(`p."annotatorId"`)}),
    verdicts as (
      select distinct on (v."annotationId") v."recordId", r."position", v."id", v."verifierId", t."name", v."jobId",
        a."start" as "from", a."end" as "to", v."value", v."createdAt" as "at",
        coalesce(v."start", a."start") as "start", coalesce(v."end", a."end") as "end"
      from "Verification" v ${join("v")}
      join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId" and a."level" = 'span'
      join "Annotator" t on t."projectId" = v."projectId" and t."id" = v."verifierId"
      where ${rawSql(verified ? "true" : "false")} and v."projectId" = ${projectId}::uuid
        and v."labelName" = ${label}::text and v."current" and v."status" in ('CONFIRMS', 'CORRECTS')
        and ${sight ? verdictInSight(sight) : rawSql("true")}
      order by v."annotationId", v."createdAt" desc, v."id" desc),
    words as (
      select d."recordId", r."position", d."start", d."end", d."value", 0 as "rank", d."createdAt" as "at",
        'reconciliation' as "source", d."id", d."authorId" as "by", t."name", null::uuid as "jobId"
      from "Reconciliation" d ${join("d")}
      join "Annotator" t on t."projectId" = d."projectId" and t."id" = d."authorId"
      where d."projectId" = ${projectId}::uuid and d."labelName" = ${label}::text and d."current"
        and not d."cleared" and d."start" >= 0
      union all
      select "recordId", "position", "start", "end", "value", 1, "at", 'verdict', "id", "verifierId", "name", "jobId"
      from verdicts
      union all
      select "recordId", "position", "from", "to", '{}', 1, "at", 'verdict', "id", "verifierId", "name", "jobId"
      from verdicts where ("from", "to") <> ("start", "end")
      union all
      select "recordId", "position", "start", "end", "value", 1, "at", 'own', null, "annotatorId", "name", null
      from given where ${rawSql(verified ? "true" : "false")} and "kind" = 'user' and "start" >= 0),
    last_words as (
      select distinct on ("recordId", "start", "end") * from words where "start" <> ${NO_SPAN}::int
      order by "recordId", "start", "end", "rank", "at" desc, "id" desc nulls last),
    counted as (select "recordId", count(*)::int as n from lookers group by "recordId"),
    majority as (
      select g."recordId", g."start", g."end", g."value", count(*)::int as votes, c.n,
        array_agg(g."annotatorId" order by g."annotatorId") as who
      from given g join counted c using ("recordId")
      where g."start" >= 0 and not exists (select 1 from last_words w where w."recordId" = g."recordId"
        and w."start" = g."start" and w."end" = g."end")
      group by g."recordId", g."start", g."end", g."value", c.n having count(*) * 2 > c.n),
    finals as (
      select "recordId", "start", "end", "value", "source", "id", "by", "name", 0 as votes, 1::float8 as share,
        case when "jobId" is null then '{}' else array["jobId"] end as who
      from last_words where cardinality("value") > 0
      union all
      select "recordId", "start", "end", "value", 'majority', null, null, null, votes, votes::float8 / n, who
      from majority),
    heard as (
      select "recordId", "position" from lookers union select "recordId", "position" from verdicts
      union select "recordId", "position" from words)
    select h."recordId", h."position",
      coalesce((select array_agg(o order by o collate "C") from (
        select distinct unnest(f."value") as o from finals f where f."recordId" = h."recordId") u), '{}') as "value",
      '{}'::text[] as "tie",
      (select avg(f.share) from finals f where f."recordId" = h."recordId") as "confidence", null::float8 as "entropy",
      ${rawSql(PROVENANCE)} as "provenance",
      coalesce((select jsonb_agg(${rawSql(SPAN)} order by f."start", f."end") from finals f
        where f."recordId" = h."recordId"), '[]') as "spans"
    from heard h`;
}

const SPAN = `jsonb_build_object('start', f."start", 'end', f."end", 'value', to_jsonb(f."value"), 'source', f."source",
  'verifier', case when f."by" is not null then jsonb_build_object('id', f."by", 'name', f."name") end,
  'annotators', to_jsonb(f.who), 'votes', f.votes)`;

/** Of a whole record: the strongest source that anything in it has, and everybody behind what is final. */
const PROVENANCE = `jsonb_build_object('source', case
    when exists (select 1 from words w where w."recordId" = h."recordId" and w."source" = 'reconciliation') then 'reconciliation'
    when exists (select 1 from words w where w."recordId" = h."recordId") then 'verdict' else 'majority' end,
  'verdictId', null, 'verifier', null, 'verdict', null,
  'annotators', coalesce((select jsonb_agg(distinct a) from finals f cross join unnest(f.who) a
    where f."recordId" = h."recordId"), '[]'),
  'jobs', coalesce((select jsonb_agg(distinct jsonb_build_object('jobId', j."id", 'agentId', g."agentId",
      'agentVersion', g."version"))
    from finals f cross join unnest(f.who) a join "Job" j on j."id" = a
    join "AgentVersion" g on g."projectId" = j."projectId" and g."id" = j."agentVersionId"
    where f."recordId" = h."recordId"), '[]'),
  'votes', coalesce((select c.n from counted c where c."recordId" = h."recordId"), 0))`;
