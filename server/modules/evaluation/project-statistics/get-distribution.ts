import type { z } from "zod";
import type { distributionInput, LabelDistribution } from "@/contracts/project-statistics";
import type { ProjectActor } from "@/server/modules/access";
import { requireLabel } from "@/server/modules/projects";
import { labelInSight, outcomeInSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { type StatisticsScope, statisticsScope } from "./statistics-scope";

type Input = Omit<z.infer<typeof distributionInput>, "project">;
type Group = LabelDistribution["groups"][number];
type Row = Omit<Group, "counts"> & { counts: Record<string, number> };

const MOST_GROUPS = 100;

/**
 * How often each option of a label was given: by each person and import, by each job, or in verdicts and final labels.
 * @throws AppError `forbidden`; `invalid` at `label` or `until`; `invalid_query` for a subset that isn't there
 */
export async function getDistribution(db: Db, actor: ProjectActor, input: Input): Promise<LabelDistribution> {
  const { label, by } = input;
  const scope = await statisticsScope(db, actor, input);
  const { definition } = await requireLabel(db, actor, label);
  const asOf = new Date().toISOString();
  const rows = await queryRows<Row>(
    db,
    sql`with given ("kind", "id", "value") as (${
      by === "policy" ? settled(scope, label) : labels(scope, { label, kinds: kindsOf[by] })
    }),
      counted as materialized (
        select g."kind", g."id", g."value", count(*)::int as "count" from given g
        where cardinality(g."value") > 0 group by 1, 2, 3),
      sized as (
        select "kind", "id", sum("count")::int as "n" from counted group by 1, 2
        order by 3 desc, "id" limit ${MOST_GROUPS}::int),
      options as (
        select c."kind", c."id", o."option", sum(c."count")::int as "count"
        from counted c cross join lateral (select distinct unnest(c."value") as "option") o group by 1, 2, 3)
      select s."kind", s."id", s."n", coalesce(t."name", f."policy", '') as "name",
        (select json_object_agg(o."option", o."count") from options o
          where o."kind" = s."kind" and o."id" is not distinct from s."id") as "counts"
      from sized s
      left join "Annotator" t on t."projectId" = ${scope.projectId}::uuid and t."id" = s."id"
      left join "Aggregation" f on f."projectId" = ${scope.projectId}::uuid and f."id" = s."id"
      order by s."n" desc, "name" collate "C", s."id"`,
  );
  const known = definition.options.map(({ value }) => value);
  const options = [...new Set([...known, ...rows.flatMap(({ counts }) => Object.keys(counts))])];
  return {
    asOf,
    n: rows.reduce((sum, { n }) => sum + n, 0),
    label,
    by,
    options,
    groups: rows.map(({ counts, ...group }) => ({
      ...group,
      counts: options.map((option) => counts[option] ?? 0),
    })),
  };
}

const kindsOf = { annotator: ["user", "imported"], job: ["job"] } as const;

type LabelsInput = { label: string; kinds: readonly string[] };

const labels = (
  { projectId, sight, ofRecords, by, when }: StatisticsScope,
  { label, kinds }: LabelsInput,
): Sql =>
  sql`select t."kind"::text, t."id", a."value" from "Annotator" t
    join "Annotation" a on a."projectId" = t."projectId" and a."annotatorId" = t."id"
      and a."labelName" = ${label}::text
    ${ofRecords(`a."recordId"`)}
    where t."projectId" = ${projectId}::uuid and t."kind"::text = any(${kinds}::text[]) and ${by(`t."id"`)}
      and ${when(`a."updatedAt"`)} and ${labelInSight(sight)}`;

/** The newest verdict on each label of a job, and the final labels of the newest snapshot of each policy. */
const settled = ({ projectId, sight, ofRecords, by, when }: StatisticsScope, label: string): Sql =>
  sql`(select 'verified', null::uuid, v."value" from (
      select distinct on (v."annotationId") v."value" from "Verification" v
      ${ofRecords(`v."recordId"`)}
      where v."projectId" = ${projectId}::uuid and v."labelName" = ${label}::text and v."current"
        and v."status" in ('CONFIRMS', 'CORRECTS') and ${by(`v."verifierId"`)} and ${when(`v."createdAt"`)}
        and ${verdictInSight(sight)}
      order by v."annotationId", v."createdAt" desc, v."id" desc) v)
    union all
    select 'snapshot', f."aggregationId", said."value" from (
      select distinct on (n."policy") n."id" from "Aggregation" n
      where n."projectId" = ${projectId}::uuid and n."labelName" = ${label}::text and n."status" = 'ready'
      order by n."policy", n."createdAt" desc, n."id" desc) newest
    join "FinalLabel" f on f."projectId" = ${projectId}::uuid and f."aggregationId" = newest."id"
    ${ofRecords(`f."recordId"`)}
    cross join lateral (
      select f."value" where f."spans" is null
      union all
      select array(select jsonb_array_elements_text(span -> 'value')) from jsonb_array_elements(f."spans") span
    ) said
    where ${outcomeInSight(sight, rawSql(`f."recordId"`), sql`${label}::text`)}`;
