import type { z } from "zod";
import type { verificationPredicate } from "@/contracts/query";
import { verdictInSight } from "@/server/modules/sight";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "../annotator-refs";
import type { QueryScope } from "../query-scope";

type Verification = z.infer<typeof verificationPredicate>["verification"];

/**
 * A condition on one annotation `a` of a job: with a current verdict (`VERIFIED`), without one
 * (`UNVERIFIED`), or either. `status` and `verifierIds` say which verdicts count. An annotator's own verdicts
 * are all that exists for them, so they can't ask what is unverified.
 */
export function verificationOnAnnotation(predicate: Verification, scope: QueryScope): Sql {
  const { projectId, viewer } = scope;
  const byJob = sql`exists (select 1 from "Annotator" j where j."projectId" = ${projectId}::uuid
    and j."id" = a."annotatorId" and j."kind" = 'job')`;
  const verdict = hasVerdict(predicate, scope, rawSql(`v."annotationId" = a."id"`));
  if (wantsVerdict(predicate, scope)) return verdict;
  if (viewer.kind === "annotator") return rawSql("false");
  return predicate.mode === "UNVERIFIED" ? sql`${byJob} and not ${verdict}` : byJob;
}

/** The same for a whole record, where a verdict is asked for and nothing else about its label. */
export function verifiedOnRecord(predicate: Verification, scope: QueryScope): Sql | null {
  if (!wantsVerdict(predicate, scope)) return null;
  return hasVerdict(predicate, scope, rawSql(`v."recordId" = r."id"`));
}

const wantsVerdict = ({ mode, status, verifierIds = [] }: Verification, { viewer }: QueryScope): boolean =>
  mode === "VERIFIED" ||
  (mode === "ALL" && (status !== undefined || verifierIds.length > 0 || viewer.kind === "annotator"));

/** A verdict names the label and the job of its annotation, so it is found without reading that. */
function hasVerdict(
  { label, jobIds, status, verifierIds }: Verification,
  { projectId, viewer, sight }: QueryScope,
  on: Sql,
): Sql {
  const jobs = annotatorIds(jobIds);
  const verifiers = annotatorIds(verifierIds);
  const conditions = [
    sql`v."projectId" = ${projectId}::uuid and ${on} and v."current" and v."labelName" = ${label}::text`,
    status ? sql`v."status" = ${status}::"VerificationStatus"` : rawSql(`v."status" is not null`),
    ...(jobs.length > 0 ? [sql`v."jobId" = any(${jobs}::uuid[])`] : []),
    ...(verifiers.length > 0 ? [sql`v."verifierId" = any(${verifiers}::uuid[])`] : []),
    viewer.kind === "annotator" ? sql`v."verifierId" = ${viewer.userId}::uuid` : verdictInSight(sight),
  ];
  return sql`exists (select 1 from "Verification" v where ${joinSql(conditions, " and ")})`;
}
