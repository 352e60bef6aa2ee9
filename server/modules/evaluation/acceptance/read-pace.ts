import type { AcceptPlan } from "@/contracts/acceptance";
import { type ProjectRole, roleAllows } from "@/contracts/roles";
import { verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { JobLabels } from "../job-labels";

const HOUR = 3_600_000;

/**
 * How long people will take for so many labels: the mean of their measured work on this job's labels so far, times the
 * number. How fast others work is told to whoever runs sessions.
 */
export async function readPace(
  db: Db,
  { sight, jobId, label }: JobLabels,
  { role, toVerify }: { role: ProjectRole; toVerify: number },
): Promise<Pick<AcceptPlan, "hours" | "hoursReason" | "timed">> {
  if (!roleAllows(role, "sessions:write")) return { hours: null, hoursReason: "not_yours", timed: 0 };
  const [row] = await queryRows<{ timed: number; mean: number | null }>(
    db,
    sql`select count(*)::int as "timed", avg(each."ms")::float8 as "mean" from (
        select sum(v."activeMs") as "ms" from "Verification" v
        where v."projectId" = ${sight.projectId}::uuid and v."jobId" = ${jobId}::uuid
          and v."labelName" = ${label}::text and v."activeMs" is not null and ${verdictInSight(sight)}
        group by v."annotationId", v."verifierId") each`,
  );
  if (!row || row.mean === null) return { hours: null, hoursReason: "not_measured", timed: 0 };
  return { hours: (row.mean * toVerify) / HOUR, hoursReason: null, timed: row.timed };
}
