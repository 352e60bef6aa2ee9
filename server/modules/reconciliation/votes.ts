import { rawSql, type Sql, sql } from "@/server/platform/sql";

export type VotesOf = {
  projectId: string;
  label: string;
  level: "record" | "span";
  /** Narrows it to these records; by default all of the project. */
  recordIds?: readonly string[];
};

/**
 * The steps of a statement that gather who says what now; the last is called `votes` and has, for each place and
 * annotator, one row `recordId`, `start`, `end`, `annotatorId`, `value`, `conf`, `verdict`, `at`. A person's verdict
 * counts as their vote, before a label of their own, since it was given in sight of the text and of the question.
 * "Can't tell" is no vote. On a span, whoever marked the text but not this place votes for no label here (an empty
 * value); a job that found nothing in a text casts no vote on it, since it left no row.
 */
export function votes(of: VotesOf): Sql {
  const given = sql`held as (
      select distinct on (v."recordId", a."start", a."end", v."verifierId") v."recordId", a."start", a."end",
        v."verifierId" as "annotatorId", v."value", null::float8 as "conf", v."status"::text as "verdict",
        v."createdAt" as "at"
      from "Verification" v
      join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
        and a."level" = ${of.level}::text
      where v."projectId" = ${of.projectId}::uuid and v."labelName" = ${of.label}::text and v."current"
        and v."status" in ('CONFIRMS', 'CORRECTS') and ${among(of, "v")}
      order by v."recordId", a."start", a."end", v."verifierId", v."createdAt" desc, v."id" desc),
    own as (
      select a."recordId", a."start", a."end", a."annotatorId", a."value", a."conf", null::text as "verdict",
        a."updatedAt" as "at"
      from "Annotation" a
      where a."projectId" = ${of.projectId}::uuid and a."labelName" = ${of.label}::text
        and a."level" = ${of.level}::text and cardinality(a."value") > 0 and ${among(of, "a")}),
    given as (
      select * from held
      union all
      select o.* from own o where not exists (select 1 from held h where h."recordId" = o."recordId"
        and h."start" = o."start" and h."end" = o."end" and h."annotatorId" = o."annotatorId"))`;
  if (of.level === "record") return sql`${given}, votes as (select * from given)`;
  return sql`${given}, votes as (
      select * from given
      union all
      select p."recordId", p."start", p."end", w."annotatorId", '{}'::text[], null, null, w."at"
      from (select distinct "recordId", "start", "end" from given) p
      join (select "recordId", "annotatorId", max("at") as "at" from own group by 1, 2) w using ("recordId")
      where not exists (select 1 from given g where g."recordId" = p."recordId" and g."start" = p."start"
        and g."end" = p."end" and g."annotatorId" = w."annotatorId"))`;
}

const among = ({ recordIds }: VotesOf, table: string): Sql =>
  recordIds ? sql`${rawSql(table)}."recordId" = any(${recordIds}::uuid[])` : rawSql("true");

/** Over the votes on one place: another text as soon as any of them is another. Without votes, {@link NO_VOTES}. */
export const VOTES_VERSION = rawSql(
  `md5(string_agg("annotatorId"::text || array_to_json("value")::text, '|' order by "annotatorId"))`,
);

/** The version of no votes at all. */
export const NO_VOTES = "d41d8cd98f00b204e9800998ecf8427e";
