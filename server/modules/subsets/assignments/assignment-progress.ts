import type { AssignmentMode } from "@/contracts/assignments";
import type { Subset } from "@/contracts/subsets";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { teamEyes } from "../team-eyes";

/** What progress is measured of: who has what, and which labels make a record done. */
export type Measured = {
  id: string;
  subsetId: string;
  kind: Subset["kind"];
  mode: AssignmentMode;
  userId: string;
  labels: readonly string[];
};
export type Progress = { records: number; done: number };

/**
 * How many records each assignment holds, and on how many of them its person has answered every asked label, be it
 * that they can't tell: two statements for all assignments together, whatever their number.
 */
export async function readProgress(
  db: Db,
  projectId: string,
  assignments: readonly Measured[],
): Promise<Map<string, Progress>> {
  if (assignments.length === 0) return new Map();
  const live = await liveFilters(db, projectId, assignments);
  const [records, done] = await Promise.all([
    countRecordsOf(db, projectId, assignments, live),
    countDone(db, projectId, assignments, live),
  ]);
  return new Map(
    assignments.map((assignment) => [
      assignment.id,
      { records: records.get(partOf(assignment)) ?? 0, done: done.get(assignment.id) ?? 0 },
    ]),
  );
}

/** The list that an assignment's records stand in: its own share, or its subset. */
const partOf = ({ id, subsetId, mode }: Measured) => (mode === "all" ? subsetId : id);

/** The conditions on `"Record" r` of the live subsets that are followed, by subset. */
async function liveFilters(
  db: Db,
  projectId: string,
  assignments: readonly Measured[],
): Promise<Map<string, Sql>> {
  const ids = assignments.filter(({ kind, mode }) => kind === "live" && mode === "all");
  const subsetIds = [...new Set(ids.map(({ subsetId }) => subsetId))];
  const filters = await Promise.all(
    subsetIds.map((subset) => recordFilter(db, teamEyes(projectId), { subset })),
  );
  return new Map(subsetIds.map((id, at): [string, Sql] => [id, filters[at] ?? rawSql("false")]));
}

type Count = { id: string; count: number };
const countsById = (rows: readonly Count[]) => new Map(rows.map(({ id, count }) => [id, count]));

async function countRecordsOf(
  db: Db,
  projectId: string,
  assignments: readonly Measured[],
  live: ReadonlyMap<string, Sql>,
): Promise<Map<string, number>> {
  const parts = [...new Set(assignments.map(partOf))];
  const listed = (table: Sql, list: Sql) =>
    sql`select m.${list} as "id", count(*)::int as "count" from ${table} m
      join "Record" r on r."projectId" = m."projectId" and r."id" = m."recordId" and r."deletedAt" is null
      where m."projectId" = ${projectId}::uuid and m.${list} = any(${parts}::uuid[]) group by m.${list}`;
  const counts = [
    listed(rawSql(`"AssignmentRecord"`), rawSql(`"assignmentId"`)),
    listed(rawSql(`"SubsetRecord"`), rawSql(`"subsetId"`)),
    ...[...live].map(
      ([id, filter]) =>
        sql`select ${id}::uuid as "id", count(*)::int as "count" from "Record" r where ${filter}`,
    ),
  ];
  return countsById(await queryRows<Count>(db, joinSql(counts, " union all ")));
}

async function countDone(
  db: Db,
  projectId: string,
  assignments: readonly Measured[],
  live: ReadonlyMap<string, Sql>,
): Promise<Map<string, number>> {
  const given = JSON.stringify(
    assignments.map((assignment) => ({
      id: assignment.id,
      userId: assignment.userId,
      labels: assignment.labels,
      part: partOf(assignment),
    })),
  );
  const ways = [
    sql`exists (select 1 from "AssignmentRecord" m where m."projectId" = ${projectId}::uuid
      and m."assignmentId" = g."part" and m."recordId" = r."id")`,
    sql`exists (select 1 from "SubsetRecord" m where m."projectId" = ${projectId}::uuid
      and m."subsetId" = g."part" and m."recordId" = r."id")`,
    ...[...live].map(([id, filter]) => sql`(g."part" = ${id}::uuid and ${filter})`),
  ];
  const rows = await queryRows<Count>(
    db,
    sql`select d."id", count(*)::int as "count" from (
        select g."id", l."recordId"
        from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "userId" uuid, "labels" text[], "part" uuid)
        cross join lateral (
          select a."projectId", a."recordId", a."labelName" from "Annotation" a
          where a."projectId" = ${projectId}::uuid and a."annotatorId" = g."userId"
            and a."labelName" = any(g."labels")
          union all
          select p."projectId", p."recordId", p."labelName" from "AnnotationResponse" p
          where p."projectId" = ${projectId}::uuid and p."annotatorId" = g."userId"
            and p."labelName" = any(g."labels")
        ) l
        join "Record" r on r."projectId" = l."projectId" and r."id" = l."recordId" and r."deletedAt" is null
        where ${joinSql(ways, " or ")}
        group by g."id", g."labels", l."recordId"
        having count(distinct l."labelName") = cardinality(g."labels")
      ) d group by d."id"`,
  );
  return countsById(rows);
}
