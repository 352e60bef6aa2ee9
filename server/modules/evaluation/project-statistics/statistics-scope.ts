import type { StatisticsFilter } from "@/contracts/project-statistics";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import { loadSight, type Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

export type StatisticsScope = {
  projectId: string;
  sight: Sight;
  /** How many records are in question, as an expression. */
  records: Sql;
  /**
   * A join with the record of a column's id, of those in question. A list of them would be gone through for each row
   * where the planner knows no figures yet, as after an import.
   */
  ofRecords: (column: string) => Sql;
  /** The condition that a column holds the label asked for. */
  named: (column: string) => Sql;
  /** The condition that a column holds one of the annotators asked for. */
  by: (column: string) => Sql;
  /** The condition that a column's time lies in what was asked for. */
  when: (column: string) => Sql;
};

/**
 * What figures of a project are about, for whoever asks.
 * @throws AppError `forbidden`; `invalid` at `until`; `invalid_query` for a subset that isn't there
 */
export async function statisticsScope(
  db: Db,
  actor: ProjectActor,
  { subsetId, label, annotators, since, until }: StatisticsFilter & { label?: string | undefined },
): Promise<StatisticsScope> {
  requireScope(actor, "compare:read");
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until)) {
    const message = "must be later than since";
    throw new AppError("invalid", `until ${message}.`, { errors: [{ path: "until", message }] });
  }
  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  return {
    projectId: actor.projectId,
    sight: await loadSight(db, actor),
    records: sql`(select count(*)::int from "Record" r where ${filter})`,
    ofRecords: (column) =>
      sql`join "Record" r on r."projectId" = ${actor.projectId}::uuid and r."id" = ${rawSql(column)} and ${filter}`,
    named: (column) => (label === undefined ? rawSql("true") : sql`${rawSql(column)} = ${label}::text`),
    by: (column) =>
      annotators === undefined ? rawSql("true") : sql`${rawSql(column)} = any(${annotators}::uuid[])`,
    when: (column) => sql`${from(column, since)} and ${to(column, until)}`,
  };
}

const from = (column: string, since: string | undefined): Sql =>
  since === undefined ? rawSql("true") : sql`${rawSql(column)} >= ${since}::timestamptz`;

const to = (column: string, until: string | undefined): Sql =>
  until === undefined ? rawSql("true") : sql`${rawSql(column)} < ${until}::timestamptz`;
