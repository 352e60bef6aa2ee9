import { resolvedAsNone } from "@/server/modules/annotations";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/**
 * The condition that of item `i`, whose answer could not be read, some label is still open: the job has no value of it
 * and nobody resolved it. Of a label of spans a job may have read a part, so that only a person settles it.
 */
export const isUnresolved: Sql = sql`exists (
  select 1 from "Job" j, unnest(j."labels") as wanted("label")
  where j."projectId" = i."projectId" and j."id" = i."jobId" and not exists (
    select 1 from "Annotation" a
    where a."projectId" = i."projectId" and a."recordId" = i."recordId" and a."labelName" = wanted."label"
      and ((a."annotatorId" = i."jobId" and a."level" = 'record')
        or a."metadata" ->> 'resolvedFrom' = i."jobId"::text))
    and not exists (
      select 1 from "AnnotationResponse" p
      where p."projectId" = i."projectId" and p."recordId" = i."recordId" and p."labelName" = wanted."label"
        and ${resolvedAsNone(rawSql(`i."jobId"::text`))}))`;
