import type { Query } from "@/contracts/query";
import { joinSql, type Sql, sql } from "@/server/platform/sql";
import type { QueryScope, Viewer } from "./query-scope";

/** The records that an annotator reaches: those of assigned subsets, and those of sessions opened to them. */
export function compileVisibility(
  scope: QueryScope,
  viewer: Extract<Viewer, { kind: "annotator" }>,
  compile: (query: Query | null, scope: QueryScope) => Sql,
): Sql {
  const { projectId, subsets } = scope;
  const frozen = viewer.assignedSubsets.filter((id) => subsets.get(id)?.kind === "static");
  const live = viewer.assignedSubsets.flatMap((id) => {
    const definition = subsets.get(id);
    return definition?.kind === "live" ? [definition.query] : [];
  });
  const ways = [
    sql`exists (select 1 from "SubsetRecord" s where s."projectId" = ${projectId}::uuid
      and s."recordId" = r."id" and s."subsetId" = any(${frozen}::uuid[]))`,
    sql`exists (select 1 from "SessionItem" i join "SessionMember" m
      on m."projectId" = i."projectId" and m."sessionId" = i."sessionId"
      where i."projectId" = ${projectId}::uuid and i."recordId" = r."id" and m."userId" = ${viewer.userId}::uuid)`,
    ...live.map((query) => compile(query, { ...scope, viewer: { kind: "team" } })),
  ];
  return sql`(${joinSql(ways, " or ")})`;
}
