import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { DecideInput } from "./decide-input";

/**
 * A step of a statement, called `accepted`: the labels that count without a person's look at each, because blind verdicts
 * showed that they are good enough. A label that its job wrote after it was promised is none of them. Where two jobs'
 * are accepted on one record, that of the stricter promise stands: so that one holds for all that it was made about.
 */
export const acceptedLabels = ({ projectId, label, annotators }: DecideInput): Sql => {
  const whose = annotators === null ? rawSql("true") : sql`x."jobId" = any(${annotators}::uuid[])`;
  return sql`accepted as (
      select distinct on (a."recordId") a."recordId", a."value", x."id", x."jobId", g."agentId", g."version"
      from "Acceptance" x
      join "Annotation" a on a."projectId" = x."projectId" and a."annotatorId" = x."jobId"
        and a."labelName" = x."labelName" and a."level" = 'record' and a."conf" >= x."threshold"
        and a."updatedAt" <= x."createdAt"
      join "Job" j on j."projectId" = x."projectId" and j."id" = x."jobId"
      join "AgentVersion" g on g."projectId" = j."projectId" and g."id" = j."agentVersionId"
      where x."projectId" = ${projectId}::uuid and x."labelName" = ${label}::text and x."undoneAt" is null and ${whose}
      order by a."recordId", x."epsilon", x."id" desc)`;
};

/** The condition that no accepted label decides on the record of a row of `outcome o`. */
export const NOT_ACCEPTED = `not exists (select 1 from accepted x where x."recordId" = o."recordId")`;

/**
 * The accepted labels among those that count, where no person decided: `ranked` and `outcome` hold no others. How sure it
 * is, and how far it is agreed on, is told by all votes on the record.
 */
export const ACCEPTED = `select x."recordId", t."position", x."value", '{}'::text[] as "tie",
    t.n::float8 / t."all" as "confidence", o.entropy as "entropy",
    jsonb_build_object('source', 'accepted', 'acceptanceId', x."id", 'verdictId', null, 'verifier', null, 'verdict', null,
      'annotators', jsonb_build_array(x."jobId"),
      'jobs', jsonb_build_array(
        jsonb_build_object('jobId', x."jobId", 'agentId', x."agentId", 'agentVersion', x."version")),
      'votes', t."all") as "provenance", null::jsonb as "spans"
  from accepted x join ranked t on t."recordId" = x."recordId" and t."value" = x."value"
  join outcome o on o."recordId" = x."recordId"`;
