import { type Sql, sql } from "@/server/platform/sql";
import type { DecideInput } from "./decide-input";

/** A step of a statement, called `promises`: what stands accepted of the label, a row a job, and so a few. */
export const acceptances = ({ projectId, label }: DecideInput): Sql =>
  sql`promises as materialized (
      select x."id", x."jobId", x."threshold", x."epsilon", x."createdAt", g."agentId", g."version"
      from "Acceptance" x
      join "Job" j on j."projectId" = x."projectId" and j."id" = x."jobId"
      join "AgentVersion" g on g."projectId" = j."projectId" and g."id" = j."agentVersionId"
      where x."projectId" = ${projectId}::uuid and x."labelName" = ${label}::text and x."undoneAt" is null)`;

/**
 * Joins the promise `x` under which `"Annotation" a` counts without a person's look at it. A label that its job wrote
 * after it was promised is under none.
 */
export const PROMISED = `left join promises x on x."jobId" = a."annotatorId" and a."conf" >= x."threshold"
  and a."updatedAt" <= x."createdAt"`;

/** Of the votes for one value: the strictest promise that one is under. */
export const STRICTEST = `min(x."epsilon") as "epsilon",
  (array_agg(x."id" order by x."epsilon", x."id" desc) filter (where x."id" is not null))[1] as "promise"`;

/**
 * Whether the value of a row of a tally is the accepted one. Where two jobs' values are accepted on one record, that of the
 * stricter promise stands: so that one holds for all that it was made about.
 */
export const TAKEN = `"promise" is not null and row_number() over (
  partition by "recordId" order by "epsilon" nulls last, "promise" desc nulls last) = 1 as "taken"`;

/** Of the values of a record: the accepted one, and how many gave it. */
export const ACCEPTED_VALUE = `min("value") filter (where "taken") as "accepted", max(n) filter (where "taken") as "acceptedBy",
  (array_agg("promise") filter (where "taken"))[1] as "promise"`;

/** Accepted labels. How sure one is, and how far it is agreed on, is told by all votes on the record. */
export const ACCEPTED = `select o."recordId", o."position", o."accepted" as "value", '{}'::text[] as "tie",
    o."acceptedBy"::float8 / o."all" as "confidence", o."entropy",
    jsonb_build_object('source', 'accepted', 'acceptanceId', x."id", 'verdictId', null, 'verifier', null, 'verdict', null,
      'annotators', jsonb_build_array(x."jobId"),
      'jobs', jsonb_build_array(
        jsonb_build_object('jobId', x."jobId", 'agentId', x."agentId", 'agentVersion', x."version")),
      'votes', o."all") as "provenance", null::jsonb as "spans"
  from outcome o join promises x on x."id" = o."promise"`;
