import type { z } from "zod";
import { MOST_DAYS, type ProjectProgress, type progressInput } from "@/contracts/project-statistics";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema, requireLabel } from "@/server/modules/projects";
import { labelInSight, outcomeInSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { type StatisticsScope, statisticsScope } from "./statistics-scope";

type Input = Omit<z.infer<typeof progressInput>, "project">;
type Counts = Pick<ProjectProgress, "labelled" | "verified" | "reconciled">;
type Row = Counts & { kind: "all" | "label" | "day"; name: string | null; records: number };

const none: Counts = { labelled: 0, verified: 0, reconciled: 0 };

/**
 * How many records are labelled, verified and reconciled: in all, by label, and at the end of each day, by when each
 * came to it first. One statement, so that the figures are of one moment.
 * @throws AppError `forbidden`; `invalid` at `until` or `label`; `invalid_query` for a subset that isn't there
 */
export async function getProgress(db: Db, actor: ProjectActor, input: Input): Promise<ProjectProgress> {
  const scope = await statisticsScope(db, actor, input);
  if (input.label !== undefined) await requireLabel(db, actor, input.label);
  const schema = await findActiveSchema(db, actor);
  const asOf = new Date().toISOString();
  const rows = await queryRows<Row>(
    db,
    sql`with happened as (${happened(scope)}),
      first as materialized (
        select h."recordId", h."label", h."what", min(h."at") as "at" from happened h group by 1, 2, 3),
      each as materialized (select "recordId", "what", min("at") as "at" from first group by 1, 2),
      day as (
        select to_char("at" at time zone 'UTC', 'YYYY-MM-DD') collate "C" as "name", ${counts} from each group by 1),
      total as (
        select "name", (sum("labelled") over by_day)::int as "labelled", (sum("verified") over by_day)::int as "verified",
          (sum("reconciled") over by_day)::int as "reconciled"
        from day window by_day as (order by "name"))
      select 'all' as "kind", null as "name", ${scope.records} as "records", ${counts} from each
      union all
      select 'label', "label", 0, ${counts} from first group by "label"
      union all
      (select 'day', "name", 0, "labelled", "verified", "reconciled" from total
        where ${daysAsked(input)} order by "name" desc limit ${MOST_DAYS}::int)`,
  );
  const all = rows.find(({ kind }) => kind === "all");
  const found = rows.filter(({ kind }) => kind === "label");
  const known = (schema?.labelSchema ?? []).map(({ name }) => name);
  const names = new Set([
    ...(input.label === undefined ? known : [input.label]),
    ...found.flatMap(({ name }) => name ?? []),
  ]);
  return {
    asOf,
    n: all?.records ?? 0,
    ...pick(all),
    labels: [...names].map((label) => ({ label, ...pick(found.find(({ name }) => name === label)) })),
    days: rows
      .flatMap((row) => (row.kind === "day" && row.name !== null ? [{ day: row.name, ...pick(row) }] : []))
      .reverse(),
  };
}

const pick = (row: Counts | undefined): Counts =>
  row ? { labelled: row.labelled, verified: row.verified, reconciled: row.reconciled } : none;

const counts = rawSql(`count(*) filter (where "what" = 'labelled')::int as "labelled",
  count(*) filter (where "what" = 'verified')::int as "verified",
  count(*) filter (where "what" = 'reconciled')::int as "reconciled"`);

/** Every day in UTC of which some part was asked for. */
function daysAsked({ since, until }: Input): Sql {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  const first = since === undefined ? rawSql("true") : sql`"name" >= ${dayOf(Date.parse(since))}::text`;
  const last = until === undefined ? rawSql("true") : sql`"name" <= ${dayOf(Date.parse(until) - 1)}::text`;
  return sql`${first} and ${last}`;
}

/** What stands on records: labels by anybody, verdicts that say a value, decisions where annotators differ. */
function happened({ sight, projectId, ofRecords, named, by }: StatisticsScope): Sql {
  return sql`select a."recordId", a."labelName" as "label", 'labelled' as "what", a."createdAt" as "at"
      from "Annotation" a ${ofRecords(`a."recordId"`)} where a."projectId" = ${projectId}::uuid and cardinality(a."value") > 0
        and ${named(`a."labelName"`)} and ${by(`a."annotatorId"`)} and ${labelInSight(sight)}
    union all
    select v."recordId", v."labelName", 'verified', v."createdAt"
      from "Verification" v ${ofRecords(`v."recordId"`)} where v."projectId" = ${projectId}::uuid and v."current"
        and v."status" in ('CONFIRMS', 'CORRECTS') and ${named(`v."labelName"`)} and ${by(`v."verifierId"`)}
        and ${verdictInSight(sight)}
    union all
    select c."recordId", c."labelName", 'reconciled', c."createdAt"
      from "Reconciliation" c ${ofRecords(`c."recordId"`)} where c."projectId" = ${projectId}::uuid and c."current" and not c."cleared"
        and ${named(`c."labelName"`)} and ${by(`c."authorId"`)}
        and ${outcomeInSight(sight, rawSql(`c."recordId"`), rawSql(`c."labelName"`))}`;
}
