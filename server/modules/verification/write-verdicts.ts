import type { VerdictStatus } from "@/contracts/verifications";
import { type Db, sqlRun } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

export type NewVerdict = {
  annotationId: string;
  recordId: string;
  jobId: string;
  label: string;
  verifierId: string;
  /** null: taken back. */
  status: VerdictStatus | null;
  value: readonly string[];
  /** Made on an older value: goes to the history only. */
  overtaken?: boolean;
  /** When the person decided, by their own clock. */
  decidedAt?: string;
  /** Who set this earlier verdict of the verifier's again. */
  restoredById?: string;
};

type Verdicts = { projectId: string; sessionId: string | null; verdicts: readonly NewVerdict[] };

/**
 * Appends verdicts in their order, in one statement. Of each label the last one that is not overtaken becomes
 * current, and what was current before it stops to be: in a session that of anybody, outside that of the
 * same person. In a session the caller holds the rows of its rooms, so that this order is the document's.
 * @returns the ids of the rows, in the same order
 */
export async function writeVerdicts(tx: Db, { projectId, sessionId, verdicts }: Verdicts): Promise<string[]> {
  const last = new Map<string, number>();
  verdicts.forEach((verdict, index) => {
    if (!verdict.overtaken) last.set(placeOf(verdict, sessionId), index);
  });
  const rows = verdicts.map((verdict, index) => ({
    ...verdict,
    id: newId(),
    current: last.get(placeOf(verdict, sessionId)) === index,
    overtaken: verdict.overtaken ?? false,
  }));
  if (rows.length > 0) await sqlRun(tx, INSERT, [JSON.stringify(rows), projectId, sessionId]);
  return rows.map(({ id }) => id);
}

const placeOf = ({ annotationId, verifierId }: NewVerdict, sessionId: string | null) =>
  sessionId === null ? `${annotationId} ${verifierId}` : annotationId;

// The insert reads the count of what was replaced, so it runs after: one current row at a time is an index's rule.
// A decision that was sent twice, once before it was overtaken, stays one row of the history.
const INSERT = `
with input as (
  select * from jsonb_to_recordset($1::jsonb) as t ("id" uuid, "annotationId" uuid, "recordId" uuid, "jobId" uuid,
    "label" text, "verifierId" uuid, "status" text, "value" text[], "current" boolean, "overtaken" boolean,
    "decidedAt" timestamptz, "restoredById" uuid)
), replaced as (
  update "Verification" v set "current" = false from input i
  where i."current" and v."current" and v."projectId" = $2::uuid and v."annotationId" = i."annotationId"
    and case when $3::uuid is null then not v."inSharedSession" and v."verifierId" = i."verifierId"
      else v."inSharedSession" and v."sessionId" = $3::uuid end
  returning 1
), done as (
  select count(*) from replaced
)
insert into "Verification" ("id", "projectId", "annotationId", "recordId", "jobId", "labelName", "verifierId", "status",
  "value", "current", "overtaken", "sessionId", "inSharedSession", "restoredById", "decidedAt", "createdAt")
select i."id", $2::uuid, i."annotationId", i."recordId", i."jobId", i."label", i."verifierId",
  i."status"::"VerificationStatus", i."value", i."current", i."overtaken", $3::uuid, $3::uuid is not null,
  i."restoredById", i."decidedAt", clock_timestamp()
from done, input i
where not i."overtaken" or not exists (
  select 1 from "Verification" v where v."projectId" = $2::uuid and v."annotationId" = i."annotationId"
    and v."verifierId" = i."verifierId" and v."sessionId" = $3::uuid and v."decidedAt" = i."decidedAt")`;
