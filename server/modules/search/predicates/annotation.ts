import { labelInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { QueryScope } from "../query-scope";

/** The annotations `a` of one label in the project. */
export const annotationsOf = ({ projectId }: QueryScope, label: string): Sql =>
  sql`a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text`;

/** Annotations `a` by these annotators; no ids: by anybody. One is named alone, so that an index gives an order. */
export function byAnnotators(ids: readonly string[]): Sql {
  const [first, ...others] = ids;
  if (first === undefined) return rawSql("true");
  return others.length === 0
    ? sql`a."annotatorId" = ${first}::uuid`
    : sql`a."annotatorId" = any(${ids}::uuid[])`;
}

/** An annotator sees no labels but their own, and nobody a label that is hidden until they have decided. */
export const ownOnly = ({ viewer, sight }: QueryScope): Sql =>
  viewer.kind === "team" ? labelInSight(sight) : sql`a."annotatorId" = ${viewer.userId}::uuid`;

/** Whether the record has one annotation of the label that satisfies the whole condition. */
export const hasAnnotation = (
  scope: QueryScope,
  label: string,
  annotatorIds: readonly string[],
  condition: Sql,
): Sql =>
  sql`exists (select 1 from "Annotation" a where ${annotationsOf(scope, label)} and a."recordId" = r."id"
    and ${byAnnotators(annotatorIds)} and ${condition})`;
