import type { AcceptPlan } from "@/contracts/acceptance";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { type JobLabels, labelsStep } from "../job-labels";

/** The newest sessions with blind labels of the job that are looked at. */
const MAX_SESSIONS = 100;

type SessionRow = {
  sessionId: string;
  name: string;
  closed: boolean;
  fair: boolean;
  blind: number;
  left: number;
  hidden: number;
};

export type BlindSessions = {
  /** Those whose blind verdicts count. */
  counted: string[];
  leftOut: AcceptPlan["leftOut"];
};

/**
 * Which sessions tell how often the job is wrong: those in which every label of the job had the same chance of being blind.
 * So it is where the session holds them all, since blind ones are drawn evenly among what it holds, and where it was drawn
 * as a whole from all that the job had given by then. Draws of several such sessions are as good as one: neither favours a
 * label.
 *
 * A session counts once all its blind labels are decided, or it is closed: the number of rows is then not chosen by looking
 * at their errors.
 */
export async function readBlindSessions(db: Db, labels: JobLabels): Promise<BlindSessions> {
  const { sight, jobId, label } = labels;
  const rows = await queryRows<SessionRow>(
    db,
    sql`with ${labelsStep(labels)},
      facts as (select count(*) as "total", max("createdAt") as "newest" from labels)
      select s."id" as "sessionId", s."name", s."state" = 'closed' as "closed", held."blind", held."left", held."hidden",
        (held."items" = facts."total" or (s."sample" is not null and s."query" is null and s."subsetId" is null
          and facts."newest" <= s."createdAt" and held."lowest" = held."highest")) as "fair"
      from "VerificationSession" s cross join facts
      cross join lateral (
        select count(*)::int as "items", count(*) filter (where i."blind")::int as "blind",
          count(*) filter (where i."blind" and d."annotationId" is null)::int as "left",
          count(*) filter (where i."blind" and not l."seen")::int as "hidden",
          min(i."inclusion") as "lowest", max(i."inclusion") as "highest"
        from "SessionItem" i join labels l on l."id" = i."annotationId"
        left join (
          select distinct v."annotationId" from "Verification" v
          where v."projectId" = ${sight.projectId}::uuid and v."sessionId" = s."id" and v."blind"
            and v."status" is not null) d on d."annotationId" = i."annotationId"
        where i."projectId" = s."projectId" and i."sessionId" = s."id") held
      where s."projectId" = ${sight.projectId}::uuid and s."labelName" = ${label}::text
        and ${jobId}::uuid = any(s."jobIds") and s."blindShare" > 0 and held."blind" > 0
      order by s."id" desc limit ${MAX_SESSIONS}::int`,
  );
  const judged = rows.map((row) => ({ row, reason: reasonAgainst(row) }));
  return {
    counted: judged.flatMap(({ row, reason }) => (reason === null ? [row.sessionId] : [])),
    leftOut: judged.flatMap(({ row: { sessionId, name, blind, left }, reason }) =>
      reason === null ? [] : [{ sessionId, name, reason, blind, left }],
    ),
  };
}

function reasonAgainst({
  fair,
  hidden,
  closed,
  left,
}: SessionRow): AcceptPlan["leftOut"][number]["reason"] | null {
  if (!fair) return "unequal_chances";
  if (hidden > 0) return "hidden";
  return closed || left === 0 ? null : "unfinished";
}
