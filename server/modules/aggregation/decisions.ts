import { labelInSight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { ACCEPTED, ACCEPTED_VALUE, acceptances, PROMISED, STRICTEST, TAKEN } from "./accepted-labels";
import type { DecideInput } from "./decide-input";
import { hasVote, successors } from "./has-vote";
import { spanDecisions } from "./span-decisions";

/** Records that can have a final label, of those asked for; a condition on `"Record" r`. */
const isDecidable = ({ records }: DecideInput): Sql =>
  records ? sql`r."deletedAt" is null and ${records}` : rawSql(`r."deletedAt" is null`);

/**
 * A `select` that applies a policy to every record of the project that has a decision, a verdict or a label that counts: columns
 * `recordId`, `position`, `value` (empty on a tie), `tie` (keys of the values that share the first place), `confidence`,
 * `entropy` in bits, `provenance`, `spans` (of a label of spans). One statement decides a million records; what each policy says of one record is told
 * by the plain functions in `policies/`, which the tests compare it with.
 */
export function decisions(input: DecideInput): Sql {
  if (input.level === "span") return spanDecisions(input);
  const verified = input.policy === "verified-first";
  return sql`with ${successors(input)}, ${settled(input)}, ${verified ? sql`${latestVerdicts(input)}, ${acceptances(input)}, ` : rawSql("")}${majorities(input, verified)}
    ${rawSql(SETTLED)} union all
    ${rawSql(verified ? `${VERDICTS} union all ${ACCEPTED} union all ${MAJORITIES} where o."promise" is null` : MAJORITIES)}`;
}

/** Nobody has reconciled the record of `column`. */
const isUnsettled = (column: string): Sql =>
  rawSql(`not exists (select 1 from settled z where z."recordId" = ${column})`);

/** What a person decided where annotators differ: the last word, under every policy and whoever is counted. */
const settled = (input: DecideInput): Sql => sql`settled as (
      select d."recordId", r."position", d."id", d."value", d."authorId", t."name"
      from "Reconciliation" d
      join "Record" r on r."projectId" = d."projectId" and r."id" = d."recordId" and ${isDecidable(input)}
      join "Annotator" t on t."projectId" = d."projectId" and t."id" = d."authorId"
      where d."projectId" = ${input.projectId}::uuid and d."labelName" = ${input.label}::text and d."current"
        and not d."cleared" and d."start" = -1)`;

const SETTLED = `select z."recordId", z."position", z."value", '{}'::text[] as "tie", 1::float8 as "confidence",
    0::float8 as "entropy", jsonb_build_object('source', 'reconciliation', 'reconciliationId', z."id",
      'verdictId', null, 'verifier', jsonb_build_object('id', z."authorId", 'name', z."name"), 'verdict', null,
      'annotators', '[]'::jsonb, 'jobs', '[]'::jsonb, 'votes', 0) as "provenance", null::jsonb as "spans"
  from settled z`;

/** Bits in the spread of the counts "n" of each value among "all". */
const ENTROPY = `sum(n::float8 / "all" * ln("all"::float8 / n)) / ln(2.0::float8)`;

/**
 * The value that most annotators gave. `ranked` has a row a record and value: how many gave it ("n") of "all", who, and
 * how many gave the most frequent one. `outcome` has a row a record. `sources` has what is the same on many records: who
 * gave the value, with the agents behind.
 */
function majorities(input: DecideInput, verified: boolean): Sql {
  const { projectId, label, annotators, sight } = input;
  const others = verified
    ? rawSql(`and not exists (select 1 from latest l where l."recordId" = a."recordId")`)
    : rawSql("");
  const also = (columns: string) => rawSql(verified ? `, ${columns}` : "");
  const whose = annotators === null ? rawSql("true") : sql`a."annotatorId" = any(${annotators}::uuid[])`;
  return sql`tally as (
      select a."recordId", r."position", a."value", count(*)::int as n,
        string_agg(a."annotatorId"::text, ',') as who ${also(STRICTEST)}
      from "Annotation" a
      join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and ${isDecidable(input)}
      ${rawSql(verified ? PROMISED : "")}
      where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record'
        and cardinality(a."value") > 0 and ${whose} and ${hasVote(input)} ${others} and ${sight ? labelInSight(sight) : rawSql("true")} and ${isUnsettled('a."recordId"')}
      group by a."recordId", r."position", a."value"),
    ranked as (
      select t.*, max(n) over (partition by "recordId") as most,
        (sum(n) over (partition by "recordId"))::int as "all" ${also(TAKEN)}
      from tally t),
    outcome as (
      select "recordId", "position", max("all") as "all", max(most) as most,
        count(*) filter (where n = most) as winners, min("value") filter (where n = most) as "value",
        array_agg(${rawSql(KEY)} order by ${rawSql(KEY)} collate "C") filter (where n = most) as keys,
        string_agg(who, ',') filter (where n = most) as who, ${rawSql(ENTROPY)} as entropy
        ${also(ACCEPTED_VALUE)}
      from ranked group by "recordId", "position"),
    sources as materialized (
      select s.who, s."all", jsonb_build_object('source', 'majority', 'verdictId', null, 'verifier', null,
        'verdict', null, 'annotators', to_jsonb(s.ids), 'jobs', ${rawSql(JOBS)}, 'votes', s."all") as provenance
      from (select d.who, d."all",
          (select array_agg(u.id order by u.id) from unnest(string_to_array(d.who, ',')::uuid[]) u(id)) as ids
        from (select distinct who, "all" from outcome) d) s
      left join lateral (
        select j."id", v."agentId", v."version", p.at from unnest(s.ids) with ordinality p(id, at)
        join "Job" j on j."projectId" = ${projectId}::uuid and j."id" = p.id
        join "AgentVersion" v on v."projectId" = j."projectId" and v."id" = j."agentVersionId") k on true
      group by s.who, s."all", s.ids)`;
}

/** `valueKey` of a value. */
const KEY = `case when cardinality("value") = 1 and left("value"[1], 1) <> '[' then "value"[1]
  else array_to_json("value")::text end`;

/** The jobs among those who gave a value, in their order. */
const JOBS = `coalesce(jsonb_agg(jsonb_build_object('jobId', k."id", 'agentId', k."agentId", 'agentVersion', k."version")
  order by k.at) filter (where k."id" is not null), '[]')`;

const MAJORITIES = `select o."recordId", o."position",
    case when o.winners = 1 then o."value" else '{}'::text[] end as "value",
    case when o.winners = 1 then '{}'::text[] else o.keys end as "tie",
    case when o.winners = 1 then o.most::float8 / o."all" end as "confidence", o.entropy as "entropy",
    s.provenance as "provenance", null::jsonb as "spans"
  from outcome o join sources s on s.who = o.who and s."all" = o."all"`;

/**
 * What people decided: the latest verdict that does, whose value it is, and how the latest verdicts of all who decided
 * are spread. "Can't tell" decides nothing.
 */
const latestVerdicts = (input: DecideInput): Sql => {
  const { projectId, label, sight } = input;
  return sql`held as (
      select distinct on (v."recordId", v."verifierId") v."recordId", r."position", v."id", v."verifierId", v."status",
        v."value", v."jobId", v."createdAt"
      from "Verification" v
      join "Record" r on r."projectId" = v."projectId" and r."id" = v."recordId" and ${isDecidable(input)}
      where v."projectId" = ${projectId}::uuid and v."labelName" = ${label}::text and v."current"
        and v."status" in ('CONFIRMS', 'CORRECTS') and ${isUnsettled('v."recordId"')}
        and ${sight ? verdictInSight(sight) : rawSql("true")}
      order by v."recordId", v."verifierId", v."createdAt" desc, v."id" desc),
    latest as (
      select distinct on (h."recordId") h.*, t."name", g."agentId", g."version"
      from held h
      join "Annotator" t on t."projectId" = ${projectId}::uuid and t."id" = h."verifierId"
      left join "Job" j on j."projectId" = ${projectId}::uuid and j."id" = h."jobId"
      left join "AgentVersion" g on g."projectId" = j."projectId" and g."id" = j."agentVersionId"
      order by h."recordId", h."createdAt" desc, h."id" desc),
    opinions as (
      select "recordId", "value", count(*)::int as n, (sum(count(*)) over (partition by "recordId"))::int as "all"
      from held group by "recordId", "value"),
    spread as (select "recordId", ${rawSql(ENTROPY)} as entropy from opinions group by "recordId")`;
};

const VERDICTS = `select l."recordId", l."position", l."value", '{}'::text[] as "tie",
    o.n::float8 / o."all" as "confidence", p.entropy as "entropy",
    jsonb_build_object('source', 'verdict', 'verdictId', l."id",
      'verifier', jsonb_build_object('id', l."verifierId", 'name', l."name"), 'verdict', l."status",
      'annotators', jsonb_build_array(l."jobId"),
      'jobs', case when l."agentId" is null then '[]'::jsonb else jsonb_build_array(
        jsonb_build_object('jobId', l."jobId", 'agentId', l."agentId", 'agentVersion', l."version")) end,
      'votes', 0) as "provenance", null::jsonb as "spans"
  from latest l
  join opinions o on o."recordId" = l."recordId" and o."value" = l."value"
  join spread p on p."recordId" = l."recordId"`;
