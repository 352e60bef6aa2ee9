import type { Query } from "@/contracts/query";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotationGroups, compileGroup, groupOf } from "./annotation-groups";
import { compileAnnotator } from "./predicates/annotator";
import { compileAssignedTo } from "./predicates/assigned-to";
import { compileCreatedAt } from "./predicates/created-at";
import { compileFlagged } from "./predicates/flagged";
import { compileFullText } from "./predicates/full-text";
import { compileExternalIds, compileIds } from "./predicates/ids";
import { compileKeyword } from "./predicates/keyword";
import { compileLabelOnRecord, isAboutRecord } from "./predicates/label";
import { compileMetadata } from "./predicates/metadata";
import { compileRegex } from "./predicates/regex";
import { compileSimilarTo } from "./predicates/similar-to";
import { compileSubset } from "./predicates/subset";
import type { QueryScope } from "./query-scope";
import { compileVisibility } from "./visibility";

/**
 * The condition on a `"Record" r` that keeps what the query asks for and the viewer may see, in this
 * project, without deleted records. Pure: the same query and scope give the same SQL.
 */
export function compileFilter(query: Query | null, scope: QueryScope): Sql {
  const conditions = [
    sql`r."projectId" = ${scope.projectId}::uuid and r."deletedAt" is null`,
    ...(scope.viewer.kind === "annotator" ? [compileVisibility(scope, scope.viewer, compileCondition)] : []),
    ...(query ? [compileCondition(query, scope)] : []),
  ];
  return joinSql(conditions, " and ");
}

/** A query as a condition on `r` that is true or false, never null: `not` is the complement. */
function compileCondition(query: Query | null, scope: QueryScope): Sql {
  if (query === null) return rawSql("true");
  if ("and" in query) return compileAnd(query.and, scope);
  if ("or" in query) return sql`(${joinSql(each(query.or, scope), " or ")})`;
  if ("not" in query) return sql`not (${compileCondition(query.not, scope)})`;
  if ("keyword" in query) return compileKeyword(query);
  if ("regex" in query) return compileRegex(query);
  if ("fullText" in query) return compileFullText(query);
  if ("ids" in query) return compileIds(query);
  if ("externalIds" in query) return compileExternalIds(query);
  if ("metadata" in query) return compileMetadata(query, scope);
  if ("annotator" in query) return compileAnnotator(query, scope);
  if ("assignedTo" in query) return compileAssignedTo(query, scope, compileCondition);
  if ("flagged" in query) return compileFlagged(scope);
  if ("similarTo" in query) return compileSimilarTo(query, scope);
  if ("subset" in query) return compileSubset(query.subset, scope, compileCondition);
  if ("createdAt" in query) return compileCreatedAt(query);
  if ("label" in query && isAboutRecord(query.label.op)) return compileLabelOnRecord(query.label, scope);
  return compileGroup(groupOf(query), scope);
}

/** What names one label and the same annotators must hold on one annotation; all else is tested alone. */
function compileAnd(parts: readonly Query[], scope: QueryScope): Sql {
  const { groups, rest } = annotationGroups(parts);
  const conditions = [...groups.map((group) => compileGroup(group, scope)), ...each(rest, scope)];
  return sql`(${joinSql(conditions, " and ")})`;
}

const each = (parts: readonly Query[], scope: QueryScope) =>
  parts.map((part) => compileCondition(part, scope));
