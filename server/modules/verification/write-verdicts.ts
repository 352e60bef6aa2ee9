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
  /** Other borders than the job's span has; null: its own. */
  start?: number | null;
  end?: number | null;
  /** Made on an older value: goes to the history only. */
  overtaken?: boolean;
  /** When the person decided, by their own clock. */
  decidedAt?: string;
  /** Milliseconds of active time. */
  activeMs?: number;
  /** Why they can't tell. */
  reason?: string;
  /** Given to several labels at one stroke. */
  together?: boolean;
  /** Who set this earlier verdict of the verifier's again. */
  restoredById?: string;
  /** Whether the session hides from the verifier what the job gave; left out: it is looked up. */
  blind?: boolean;
};

/** Where verdicts belong: outside sessions, or in one; `shared`: there one verdict of all people is current. */
export type VerdictPlace = { sessionId: string | null; shared: boolean };

type Verdicts = VerdictPlace & { projectId: string; verdicts: readonly NewVerdict[] };

/**
 * Appends verdicts in their order, in one statement. Of each label the last one that is not overtaken becomes
 * current, and what was current before it stops to be: in a shared session that of anybody, elsewhere that of the
 * same person. In a session the caller holds the rows of its rooms, so that this order is the document's. A person's
 * first verdict on a blind label is kept as such: after it they have seen what the job gave.
 * @returns the ids of the rows, in the same order
 */
export async function writeVerdicts(
  tx: Db,
  { projectId, sessionId, shared, verdicts }: Verdicts,
): Promise<string[]> {
  const rows = prepareVerdicts(shared, verdicts);
  if (rows.length > 0)
    await sqlRun(tx, `with ${verdictSteps("$1", "$2", "$3", "$4")} select count(*) from written`, [
      JSON.stringify(rows),
      projectId,
      sessionId,
      shared,
    ]);
  return rows.map(({ id }) => id);
}

/** The rows of verdicts, as {@link verdictSteps} takes them: with their ids, and which of them are current. */
export function prepareVerdicts(shared: boolean, verdicts: readonly NewVerdict[]) {
  const last = new Map<string, number>();
  const first = new Map<string, number>();
  verdicts.forEach((verdict, index) => {
    if (!verdict.overtaken) last.set(placeOf(verdict, shared), index);
    const own = placeOf(verdict, false);
    if (verdict.status !== null && verdict.blind !== false && !first.has(own)) first.set(own, index);
  });
  return verdicts.map((verdict, index) => ({
    ...verdict,
    id: newId(),
    current: last.get(placeOf(verdict, shared)) === index,
    first: first.get(placeOf(verdict, false)) === index,
    overtaken: verdict.overtaken ?? false,
  }));
}

const placeOf = ({ annotationId, verifierId }: NewVerdict, shared: boolean) =>
  shared ? annotationId : `${annotationId} ${verifierId}`;

/**
 * The steps of a statement that write verdicts; the last is called `written`.
 * @param rows placeholder of the JSON of {@link prepareVerdicts}
 * @param project placeholder of the project's id
 * @param session placeholder of the session's id, which may be null
 * @param shared placeholder of whether it is a shared session
 * @param condition a table without rows when nothing shall be written
 */
// The insert reads the count of what was replaced, so it runs after: one current row at a time is an index's rule.
// A decision that was sent twice, once before it was overtaken, stays one row of the history.
// Each row is looked up by itself: a join or a hashed subquery would read all that the session holds, at every decision.
export const verdictSteps = (
  rows: string,
  project: string,
  session: string,
  shared: string,
  condition = "(select 1) always",
) => `
input as (
  select * from jsonb_to_recordset(${rows}::jsonb) as t ("id" uuid, "annotationId" uuid, "recordId" uuid, "jobId" uuid,
    "label" text, "verifierId" uuid, "status" text, "value" text[], "current" boolean, "overtaken" boolean,
    "first" boolean, "decidedAt" timestamptz, "restoredById" uuid, "start" int, "end" int, "activeMs" int, "reason" text, "together" boolean), ${condition}
), standing as (
  select v."id" from input i cross join lateral (
    select v."id" from "Verification" v
    where i."current" and v."current" and v."projectId" = ${project}::uuid and v."annotationId" = i."annotationId"
      and v."sessionId" is not distinct from ${session}::uuid
      and (${shared}::boolean or v."verifierId" = i."verifierId")
    offset 0
  ) v
), replaced as (
  update "Verification" set "current" = false where "id" = any(array(select "id" from standing)) and "current"
  returning 1
), freed as (
  delete from "SessionLease" l using input i
  where l."projectId" = ${project}::uuid and l."sessionId" = ${session}::uuid and l."recordId" = i."recordId"
    and l."userId" = i."verifierId" and i."status" is not null and not i."overtaken"
), done as (
  select count(*) from replaced
), written as (
  insert into "Verification" ("id", "projectId", "annotationId", "recordId", "jobId", "labelName", "verifierId",
    "status", "value", "current", "overtaken", "sessionId", "inSharedSession", "blind", "restoredById", "decidedAt", "start", "end", "activeMs", "reason", "together", "createdAt")
  select i."id", ${project}::uuid, i."annotationId", i."recordId", i."jobId", i."label", i."verifierId",
    i."status"::"VerificationStatus", i."value", i."current", i."overtaken", ${session}::uuid, ${shared}::boolean,
    i."first" and (
      select true from "SessionItem" s where s."projectId" = ${project}::uuid and s."sessionId" = ${session}::uuid
        and s."annotationId" = i."annotationId" and s."blind" limit 1) is not null
      and (
        select true from "Verification" own where own."projectId" = ${project}::uuid
          and own."annotationId" = i."annotationId" and own."sessionId" = ${session}::uuid
          and own."verifierId" = i."verifierId" and own."status" is not null limit 1) is null,
    i."restoredById", i."decidedAt", i."start", i."end", i."activeMs", i."reason", coalesce(i."together", false), clock_timestamp()
  from done, input i
  where not i."overtaken" or (
    select true from "Verification" v where v."projectId" = ${project}::uuid and v."annotationId" = i."annotationId"
      and v."verifierId" = i."verifierId" and v."sessionId" = ${session}::uuid and v."decidedAt" = i."decidedAt"
    limit 1) is null
  returning 1
)`;

/** The columns of one verdict, as {@link prepareOneVerdict} gives them. */
const COLUMNS = [
  ["id", "uuid"],
  ["annotationId", "uuid"],
  ["recordId", "uuid"],
  ["jobId", "uuid"],
  ["labelName", "text"],
  ["verifierId", "uuid"],
  ["status", `"VerificationStatus"`],
  ["value", "text[]"],
  ["start", "int"],
  ["end", "int"],
  ["decidedAt", "timestamptz"],
  ["activeMs", "int"],
  ["reason", "text"],
  ["together", "boolean"],
  ["restoredById", "uuid"],
] as const;
export const VALUES_OF_ONE = COLUMNS.length;

/** The values of {@link oneVerdictSteps}. */
export const prepareOneVerdict = (verdict: NewVerdict): unknown[] => [
  newId(),
  verdict.annotationId,
  verdict.recordId,
  verdict.jobId,
  verdict.label,
  verdict.verifierId,
  verdict.status,
  verdict.value,
  verdict.start,
  verdict.end,
  verdict.decidedAt,
  verdict.activeMs,
  verdict.reason,
  verdict.together ?? false,
  verdict.restoredById,
];

/**
 * What {@link verdictSteps} comes to for one verdict of a shared session that is not overtaken, on a label that hides
 * nothing and is in nobody's lease: there is nothing to look up but what stood before.
 * @param first number of the placeholder of the first of {@link prepareOneVerdict}
 */
export const oneVerdictSteps = (first: number, project: string, session: string, condition: string) => `
replaced as (
  update "Verification" v set "current" = false from ${condition}
  where v."current" and v."projectId" = ${project}::uuid and v."sessionId" = ${session}::uuid
    and v."annotationId" = $${first + 1}::uuid
  returning 1
), done as (
  select count(*) from replaced
), written as (
  insert into "Verification" ("projectId", "sessionId", "current", "inSharedSession", "createdAt",
    ${COLUMNS.map(([name]) => `"${name}"`).join(", ")})
  select ${project}::uuid, ${session}::uuid, true, true, clock_timestamp(),
    ${COLUMNS.map(([, type], index) => `$${first + index}::${type}`).join(", ")}
  from done, ${condition}
)`;
