import type { Query } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { QueryScope } from "../query-scope";

/**
 * Membership in a saved subset. A live one is its query, seen with the eyes of the team: what a person may
 * reach is decided by the assignment, not by which labels they see.
 */
export function compileSubset(
  subsetId: string,
  scope: QueryScope,
  compile: (query: Query | null, scope: QueryScope) => Sql,
): Sql {
  const { projectId, viewer, subsets } = scope;
  const definition = subsets.get(subsetId);
  if (!definition) return rawSql("false");
  if (viewer.kind === "annotator" && !viewer.assignedSubsets.includes(subsetId)) return rawSql("false");
  if (definition.kind === "live") return compile(definition.query, { ...scope, viewer: { kind: "team" } });
  return sql`exists (select 1 from "SubsetRecord" s where s."projectId" = ${projectId}::uuid
    and s."subsetId" = ${subsetId}::uuid and s."recordId" = r."id")`;
}
