import { joinSql, type Sql, sql } from "@/server/platform/sql";
import { type Compile, compileDefinition } from "./predicates/assigned";
import type { QueryScope, Viewer } from "./query-scope";

/**
 * The records that an annotator reaches: of assigned subsets, of their frozen shares, and of sessions opened to
 * them. What is listed somewhere is one list, so that PostgreSQL can begin with it or look into it.
 */
export function compileVisibility(
  scope: QueryScope,
  viewer: Extract<Viewer, { kind: "annotator" }>,
  compile: Compile,
): Sql {
  const { projectId, subsets } = scope;
  const shares = viewer.assigned.filter(({ frozen }) => frozen).map(({ id }) => id);
  const followed = viewer.assigned.filter(({ frozen }) => !frozen).map(({ subsetId }) => subsetId);
  const listed = followed.filter((id) => subsets.get(id)?.kind === "static");
  const live = followed.filter((id) => subsets.get(id)?.kind === "live");
  const lists = [
    sql`select s."recordId" from "SubsetRecord" s where s."projectId" = ${projectId}::uuid
      and s."subsetId" = any(${listed}::uuid[])`,
    sql`select x."recordId" from "AssignmentRecord" x where x."projectId" = ${projectId}::uuid
      and x."assignmentId" = any(${shares}::uuid[])`,
    sql`select i."recordId" from "SessionItem" i join "SessionMember" m
      on m."projectId" = i."projectId" and m."sessionId" = i."sessionId"
      where i."projectId" = ${projectId}::uuid and m."userId" = ${viewer.userId}::uuid`,
  ];
  const ways = [
    sql`r."id" in (${joinSql(lists, " union all ")})`,
    ...live.map((id) => compileDefinition(id, scope, compile)),
  ];
  return sql`(${joinSql(ways, " or ")})`;
}
