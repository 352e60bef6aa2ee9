import { NO_SPAN } from "@/contracts/records";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

export type VotesOf = {
  projectId: string;
  label: string;
  level: "record" | "span";
  /** Narrows it to these records; by default all of the project. */
  recordIds?: readonly string[];
  /** Narrows it to what this condition on `"Record" r` says. */
  records?: Sql;
};

/**
 * The steps of a statement that gather who says what now; the last is called `votes` and has, for each place and
 * annotator, one row `recordId`, `start`, `end`, `annotatorId`, `value`, `conf`, `verdict`, `at`. A person's verdict
 * counts as their vote, before a label of their own, since it was given in sight of the text and of the question.
 * "Can't tell" is no vote. On a span, whoever looked for spans in the text and marked another place, or none, votes for
 * no label here (an empty value).
 */
export function votes(of: VotesOf): Sql {
  const place = of.level === "record" ? rawSql(`-1 as "start", -1 as "end"`) : rawSql(`a."start", a."end"`);
  // `own` is read anew wherever `votes` is: kept between, a million labels would go through a file.
  const given = sql`held as materialized (
      select distinct on ("recordId", "start", "end", "annotatorId") "recordId", "start", "end", "annotatorId",
        "value", null::float8 as "conf", "verdict", "at"
      from (${verdicts(of)}) v order by "recordId", "start", "end", "annotatorId", "at" desc, "id" desc),
    own as not materialized (
      select a."recordId", ${place}, a."annotatorId", a."value", a."conf", null::text as "verdict",
        a."updatedAt" as "at"
      from "Annotation" a
      where a."projectId" = ${of.projectId}::uuid and a."labelName" = ${of.label}::text
        and a."level" = ${of.level}::text and cardinality(a."value") > 0 and ${among(of, "a")}),
    given as not materialized (
      select * from held
      union all
      select o.* from own o where (o."recordId", o."start", o."end", o."annotatorId") not in (
        select h."recordId", h."start", h."end", h."annotatorId" from held h))`;
  if (of.level === "record") return sql`${given}, votes as not materialized (select * from given)`;
  return sql`${given}, votes as (
      select * from given
      union all
      select p."recordId", p."start", p."end", w."annotatorId", '{}'::text[], null, null, w."at"
      from (select distinct "recordId", "start", "end" from given) p
      join (${lookers(of)}) w using ("recordId")
      where not exists (select 1 from given g where g."recordId" = p."recordId" and g."start" = p."start"
        and g."end" = p."end" and g."annotatorId" = w."annotatorId"))`;
}

/** Verdicts as votes. One that gives a span other borders votes for no label at the job's own place. */
function verdicts(of: VotesOf): Sql {
  const from = sql`from "Verification" v
      join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
        and a."level" = ${of.level}::text and a."start" <> ${NO_SPAN}::int
      where v."projectId" = ${of.projectId}::uuid and v."labelName" = ${of.label}::text and v."current"
        and v."status" in ('CONFIRMS', 'CORRECTS') and ${among(of, "v")}`;
  const rest = rawSql(
    `v."verifierId" as "annotatorId", v."status"::text as "verdict", v."createdAt" as "at", v."id"`,
  );
  const held = sql`select v."recordId", coalesce(v."start", a."start") as "start", coalesce(v."end", a."end") as "end",
        v."value", ${rest} ${from}`;
  if (of.level === "record") return held;
  return sql`${held} union all
      select v."recordId", a."start", a."end", '{}'::text[], ${rest} ${from}
        and (coalesce(v."start", a."start"), coalesce(v."end", a."end")) <> (a."start", a."end")`;
}

/** Who has looked for spans of the label in a record, also who found none. */
const lookers = (of: VotesOf): Sql => sql`select "recordId", "annotatorId", max("at") as "at" from (
        select a."recordId", a."annotatorId", a."updatedAt" as "at" from "Annotation" a
        where a."projectId" = ${of.projectId}::uuid and a."labelName" = ${of.label}::text and a."level" = 'span'
          and ${among(of, "a")}
        union all
        select p."recordId", p."annotatorId", p."updatedAt" from "AnnotationResponse" p
        where p."projectId" = ${of.projectId}::uuid and p."labelName" = ${of.label}::text and p."status" = 'NONE'
          and ${among(of, "p")}) l
      group by 1, 2`;

function among({ recordIds, records }: VotesOf, table: string): Sql {
  const id = rawSql(`${table}."recordId"`);
  if (recordIds) return sql`${id} = any(${recordIds}::uuid[])`;
  return records ? sql`${id} in (select r."id" from "Record" r where ${records})` : rawSql("true");
}

/** Over the votes on one place: another text as soon as any of them is another. Without votes, {@link NO_VOTES}. */
export const VOTES_VERSION = rawSql(
  `md5(string_agg("annotatorId"::text || array_to_json("value")::text, '|' order by "annotatorId"))`,
);

/** The version of no votes at all. */
export const NO_VOTES = "d41d8cd98f00b204e9800998ecf8427e";
