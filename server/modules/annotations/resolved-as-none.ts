import { type Sql, sql } from "@/server/platform/sql";

/**
 * The condition that response `p` of a person says that a text holds nothing to mark, and came of resolving an answer
 * of a job: a response has no metadata of its own, so its event in the history tells.
 * @param jobId as text
 */
export const resolvedAsNone = (jobId: Sql): Sql => sql`(p."status" = 'NONE' and exists (
  select 1 from "AnnotationEvent" e
  where e."projectId" = p."projectId" and e."recordId" = p."recordId" and e."annotationId" = p."id"
    and e."response" = 'NONE' and e."metadata" ->> 'resolvedFrom' = ${jobId}))`;
