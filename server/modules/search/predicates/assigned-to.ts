import type { z } from "zod";
import type { assignedToPredicate, Query } from "@/contracts/query";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "../annotator-refs";
import { type QueryScope, withoutAssignee } from "../query-scope";
import { compileSubset } from "./subset";

/**
 * The record is in a subset that was given to the person and not taken back. To an annotator nobody else's
 * assignments exist.
 */
export function compileAssignedTo(
  { assignedTo }: z.infer<typeof assignedToPredicate>,
  scope: QueryScope,
  compile: (query: Query | null, scope: QueryScope) => Sql,
): Sql {
  const [userId = ""] = annotatorIds([assignedTo]);
  if (scope.viewer.kind === "annotator" && scope.viewer.userId !== userId) return rawSql("false");
  const subsets = scope.assignments.get(userId) ?? [];
  const ways = subsets.map((id) => compileSubset(id, withoutAssignee(scope, userId), compile));
  return ways.length === 0 ? rawSql("false") : sql`(${joinSql(ways, " or ")})`;
}
