import type { z } from "zod";
import type { verificationPredicate } from "@/contracts/query";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "../annotator-refs";
import type { QueryScope } from "../query-scope";

type Verification = z.infer<typeof verificationPredicate>["verification"];

/**
 * A condition on one annotation `a` of a job: with a current verdict (`VERIFIED`), without one
 * (`UNVERIFIED`), or either. `status` and `verifierIds` say which verdicts count. An annotator's own verdicts
 * are all that exists for them, so they can't ask what is unverified.
 */
export function verificationOnAnnotation(
  { mode, status, verifierIds }: Verification,
  { projectId, viewer }: QueryScope,
): Sql {
  const verifiers = annotatorIds(verifierIds);
  const byJob = sql`exists (select 1 from "Annotator" j where j."projectId" = ${projectId}::uuid
    and j."id" = a."annotatorId" and j."kind" = 'job')`;
  const conditions = [
    sql`v."projectId" = ${projectId}::uuid and v."annotationId" = a."id" and v."current"`,
    status ? sql`v."status" = ${status}::"VerificationStatus"` : rawSql(`v."status" is not null`),
    ...(verifiers.length > 0 ? [sql`v."verifierId" = any(${verifiers}::uuid[])`] : []),
    ...(viewer.kind === "annotator" ? [sql`v."verifierId" = ${viewer.userId}::uuid`] : []),
  ];
  const verdict = sql`exists (select 1 from "Verification" v where ${joinSql(conditions, " and ")})`;
  const wantsVerdict = mode === "VERIFIED" || status !== undefined || verifiers.length > 0;
  if (mode === "UNVERIFIED")
    return viewer.kind === "annotator" ? rawSql("false") : sql`${byJob} and not ${verdict}`;
  return wantsVerdict || viewer.kind === "annotator" ? sql`${byJob} and ${verdict}` : byJob;
}
