import type { Query } from "@/contracts/query";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { Assigned, QueryScope } from "../query-scope";

/** How a part of a tree is compiled; handed in, since a part of a tree may hold a tree. */
export type Compile = (query: Query | null, scope: QueryScope) => Sql;

/**
 * Whether `r` is one of a subset's records. A live one is its query, seen with the eyes of the team: what a
 * person may reach is decided by the assignment, not by which labels they see.
 */
export function compileDefinition(subsetId: string, scope: QueryScope, compile: Compile): Sql {
  const definition = scope.subsets.get(subsetId);
  if (!definition) return rawSql("false");
  if (definition.kind === "live") return compile(definition.query, { ...scope, viewer: { kind: "team" } });
  return sql`exists (select 1 from "SubsetRecord" s where s."projectId" = ${scope.projectId}::uuid
    and s."subsetId" = ${subsetId}::uuid and s."recordId" = r."id")`;
}

/** Whether `r` is in any of these assignments: in a frozen share, or in the subset that it follows. */
export function compileAssigned(assigned: readonly Assigned[], scope: QueryScope, compile: Compile): Sql {
  const shares = assigned.filter(({ frozen }) => frozen).map(({ id }) => id);
  const share = sql`exists (select 1 from "AssignmentRecord" x where x."projectId" = ${scope.projectId}::uuid
    and x."assignmentId" = any(${shares}::uuid[]) and x."recordId" = r."id")`;
  const ways = [
    ...(shares.length > 0 ? [share] : []),
    ...assigned
      .filter(({ frozen }) => !frozen)
      .map(({ subsetId }) => compileDefinition(subsetId, scope, compile)),
  ];
  return ways.length === 0 ? rawSql("false") : sql`(${joinSql(ways, " or ")})`;
}
