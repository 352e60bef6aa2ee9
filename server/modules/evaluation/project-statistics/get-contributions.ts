import type { z } from "zod";
import { type Contributions, type contributionsInput, MOST_DAYS } from "@/contracts/project-statistics";
import { roleAllows } from "@/contracts/roles";
import type { ProjectActor } from "@/server/modules/access";
import { requireLabel } from "@/server/modules/projects";
import { labelInSight, outcomeInSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { type StatisticsScope, statisticsScope } from "./statistics-scope";

type Input = Omit<z.infer<typeof contributionsInput>, "project">;
type Person = Contributions["people"][number];
type Row = Omit<Person, "lastActiveAt" | "medianReason"> & {
  lastActiveAt: Date;
  days: { day: string; labels: number; verdicts: number; reconciled: number }[] | null;
};

const MOST_PEOPLE = 200;

/**
 * What each person has done that stands: labels, verdicts by kind, decisions where annotators differ, and when. How fast
 * others work is told to whoever may open sessions.
 * @throws AppError `forbidden`; `invalid` at `until` or `label`; `invalid_query` for a subset that isn't there
 */
export async function getContributions(db: Db, actor: ProjectActor, input: Input): Promise<Contributions> {
  const scope = await statisticsScope(db, actor, input);
  if (input.label !== undefined) await requireLabel(db, actor, input.label);
  const asOf = new Date().toISOString();
  const rows = await queryRows<Row>(
    db,
    sql`with did as materialized (${work(scope)}),
      person as (
        select d."id", ${ofAll}, count(*) filter (where d."status" = 'CONFIRMS')::int as "confirmed",
          count(*) filter (where d."status" = 'CORRECTS')::int as "corrected",
          count(*) filter (where d."status" = 'UNSURE')::int as "unsure",
          count(*) filter (where d."together")::int as "together",
          percentile_cont(0.5) within group (order by d."ms") / 1000 as "medianSeconds",
          max(d."at") as "lastActiveAt"
        from did d group by d."id" order by count(*) desc, d."id" limit ${MOST_PEOPLE}::int),
      day as (
        select d."id", to_char(d."at" at time zone 'UTC', 'YYYY-MM-DD') as "day", ${ofAll}
        from did d where d."at" >= (select max(last."at") from did last) - make_interval(days => ${MOST_DAYS}::int)
        group by 1, 2)
      select p.*, t."name", (
        select json_agg(json_build_object('day', d."day", 'labels', d."labels", 'verdicts', d."verdicts",
          'reconciled', d."reconciled") order by d."day") from day d where d."id" = p."id") as "days"
      from person p join "Annotator" t on t."projectId" = ${scope.projectId}::uuid and t."id" = p."id"
      order by p."labels" + p."verdicts" + p."reconciled" desc, t."name", p."id"`,
  );
  return {
    asOf,
    n: rows.reduce((sum, { labels, verdicts, reconciled }) => sum + labels + verdicts + reconciled, 0),
    people: rows.map(({ days: _days, ...row }) => present(row, actor)),
    days: rows.flatMap(({ id, days }) => (days ?? []).map((day) => ({ ...day, id }))),
  };
}

function present(row: Omit<Row, "days">, actor: ProjectActor): Person {
  const seen = row.id === actor.userId || roleAllows(actor.role, "sessions:write");
  const medianSeconds = seen ? row.medianSeconds : null;
  const why = seen
    ? "No work on a verdict was measured"
    : "How fast others work is shown to whoever may open sessions";
  return {
    ...row,
    lastActiveAt: row.lastActiveAt.toISOString(),
    medianSeconds,
    medianReason: medianSeconds === null ? why : null,
  };
}

/** Of what a row `d` stands for. */
const ofAll = rawSql(`count(*) filter (where d."what" = 'label')::int as "labels",
  count(*) filter (where d."what" = 'verdict')::int as "verdicts",
  count(*) filter (where d."what" = 'decision')::int as "reconciled"`);

/** Everything that stands by people, one row each. */
function work({ projectId, sight, ofRecords, named, by, when }: StatisticsScope): Sql {
  return sql`select a."annotatorId" as "id", 'label' as "what", a."updatedAt" as "at",
      null::text as "status", false as "together", null::int as "ms"
      from "Annotator" t join "Annotation" a on a."projectId" = t."projectId" and a."annotatorId" = t."id"
      ${ofRecords(`a."recordId"`)}
      where t."projectId" = ${projectId}::uuid and t."kind" = 'user' and cardinality(a."value") > 0
        and ${named(`a."labelName"`)} and ${by(`a."annotatorId"`)} and ${when(`a."updatedAt"`)}
        and ${labelInSight(sight)}
    union all
    select v."verifierId", 'verdict', v."createdAt", v."status"::text, v."together",
      case when not v."together" then v."activeMs" end
      from "Verification" v ${ofRecords(`v."recordId"`)} where v."projectId" = ${projectId}::uuid and v."current" and v."status" is not null
        and ${named(`v."labelName"`)} and ${by(`v."verifierId"`)} and ${when(`v."createdAt"`)}
        and ${verdictInSight(sight)}
    union all
    select c."authorId", 'decision', c."createdAt", null, false, null
      from "Reconciliation" c ${ofRecords(`c."recordId"`)} where c."projectId" = ${projectId}::uuid and c."current" and not c."cleared"
        and ${named(`c."labelName"`)} and ${by(`c."authorId"`)} and ${when(`c."createdAt"`)}
        and ${outcomeInSight(sight, rawSql(`c."recordId"`), rawSql(`c."labelName"`))}`;
}
