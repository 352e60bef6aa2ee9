import type { z } from "zod";
import type { labelPredicate } from "@/contracts/query";
import { responseInSight } from "@/server/modules/sight";
import { distinctByCodePoint } from "@/server/platform/code-point-order";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "../annotator-refs";
import type { QueryScope } from "../query-scope";
import { annotationsOf, byAnnotators, hasAnnotation, ownOnly } from "./annotation";

type Label = z.infer<typeof labelPredicate>["label"];

/** A condition on one annotation `a` of the label; only for `==`, `!=` and `exists`. */
export function labelOnAnnotation({ op, value, ...span }: Label, scope: QueryScope): Sql {
  const own = sql`${ownOnly(scope)}${withBorders(span)}`;
  if (op === "exists") return own;
  const values = distinctByCodePoint(typeof value === "string" ? [value] : (value ?? []));
  return sql`${own} and a."value" ${rawSql(op === "==" ? "=" : "<>")} ${values}::text[]`;
}

type AboutRecord = Extract<Label["op"], "missing" | "conflicts" | "doubted">;

/** Whether a test is about all that was said of the label at once, and not about one annotation. */
export const isAboutRecord = (op: Label["op"]): op is AboutRecord =>
  op === "missing" || op === "conflicts" || op === "doubted";

/** What {@link isAboutRecord}. */
export function compileLabelOnRecord({ name, op, annotators, ...span }: Label, scope: QueryScope): Sql {
  const ids = annotatorIds(annotators);
  if (op === "doubted") return isDoubted(scope, name, ids);
  if (op === "missing")
    return sql`not ${hasAnnotation(scope, name, ids, sql`${ownOnly(scope)}${withBorders(span)}`)}`;
  // One row per annotator and record-level label: two values are two annotators who differ.
  return sql`coalesce((select min(a."value") <> max(a."value") from "Annotation" a where ${annotationsOf(scope, name)}
    and a."recordId" = r."id" and ${byAnnotators(ids)} and ${ownOnly(scope)} and a."level" = 'record'), false)`;
}

/** Whether somebody, of those named, said that they can't tell; an annotator knows of their own doubts alone. */
function isDoubted({ projectId, viewer, sight }: QueryScope, label: string, ids: readonly string[]): Sql {
  const named = ids.length === 0 ? rawSql("true") : sql`p."annotatorId" = any(${ids}::uuid[])`;
  const seen =
    viewer.kind === "team" ? responseInSight(sight, "p") : sql`p."annotatorId" = ${viewer.userId}::uuid`;
  return sql`exists (select 1 from "AnnotationResponse" p where p."projectId" = ${projectId}::uuid
    and p."recordId" = r."id" and p."labelName" = ${label}::text and p."status" = 'UNSURE'
    and ${named} and ${seen})`;
}

/** ` and …` for each border that is named. */
function withBorders({ start, end }: Pick<Label, "start" | "end">): Sql {
  const from = start === undefined ? rawSql("") : sql` and a."start" = ${start}::int`;
  return end === undefined ? from : sql`${from} and a."end" = ${end}::int`;
}
