import type { z } from "zod";
import type { workState } from "@/contracts/annotating";
import { joinSql, type Sql, sql } from "@/server/platform/sql";

type Asked = { projectId: string; userId: string; labels: readonly string[] };

/** Whether the person has answered the label on `"Record" r`: with a label, or by saying why there is none. */
const isAnswered = ({ projectId, userId }: Omit<Asked, "labels">, label: string): Sql =>
  sql`(exists (select 1 from "Annotation" a where a."projectId" = ${projectId}::uuid and a."recordId" = r."id"
      and a."annotatorId" = ${userId}::uuid and a."labelName" = ${label})
    or exists (select 1 from "AnnotationResponse" p where p."projectId" = ${projectId}::uuid
      and p."recordId" = r."id" and p."annotatorId" = ${userId}::uuid and p."labelName" = ${label}))`;

/** The condition on `"Record" r` of being in that state for the person. */
export function inState(state: z.infer<typeof workState>, { labels, ...who }: Asked): Sql {
  if (state === "unsure")
    return sql`exists (select 1 from "AnnotationResponse" p where p."projectId" = ${who.projectId}::uuid
      and p."recordId" = r."id" and p."annotatorId" = ${who.userId}::uuid and p."status" = 'UNSURE'
      and p."labelName" = any(${labels}::text[]))`;
  const all = joinSql(
    labels.map((label) => isAnswered(who, label)),
    " and ",
    "true",
  );
  return state === "done" ? sql`(${all})` : sql`not (${all})`;
}

/**
 * The person's answers about those labels, a row each: `recordId`, `labelName`, `unsure`. Begins with the person, so
 * that it costs what they have done and not what there is to do.
 */
export const ownAnswers = ({ projectId, userId, labels }: Asked): Sql =>
  joinSql(
    [
      sql`select distinct a."recordId", a."labelName", false as "unsure" from "Annotation" a
        where a."projectId" = ${projectId}::uuid and a."annotatorId" = ${userId}::uuid
          and a."labelName" = any(${labels}::text[])`,
      sql`select p."recordId", p."labelName", p."status" = 'UNSURE' from "AnnotationResponse" p
        where p."projectId" = ${projectId}::uuid and p."annotatorId" = ${userId}::uuid
          and p."labelName" = any(${labels}::text[])`,
    ],
    " union all ",
  );
