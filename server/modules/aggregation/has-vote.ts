import { labelInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { DecideInput } from "./decide-input";

/**
 * A step of a statement, called `successors`, that {@link hasVote} needs: of each job, the newer ones of the same agent
 * that count.
 */
export const successors = ({ projectId, annotators, versions }: DecideInput): Sql => {
  const counts = annotators === null ? rawSql("true") : sql`newer."id" = any(${annotators}::uuid[])`;
  return sql`successors as materialized (select old."id" as "old", newer."id" as "newer" from "Job" old
      join "AgentVersion" was on was."projectId" = old."projectId" and was."id" = old."agentVersionId"
      join "AgentVersion" is_now on is_now."projectId" = was."projectId" and is_now."agentId" = was."agentId"
      join "Job" newer on newer."projectId" = is_now."projectId" and newer."agentVersionId" = is_now."id"
        and (is_now."version", newer."id") > (was."version", old."id")
      where old."projectId" = ${projectId}::uuid and ${versions === "newest"}::boolean and ${counts})`;
};

/**
 * The condition that `"Annotation" a` has a vote: where the newest version alone has one, that no newer job of the same
 * agent labelled the record. So a version that ran on few records silences the older one there alone.
 *
 * The `case` has PostgreSQL look record by record, by an index: as a join of two sets, for which it has no figures, it
 * took minutes for 100,000 records.
 */
export function hasVote({ projectId, label, versions, sight }: DecideInput): Sql {
  if (versions === "every") return rawSql("true");
  return sql`case when a."annotatorId" in (select "old" from successors) then not exists (
      select 1 from successors s join "Annotation" b on b."annotatorId" = s."newer"
      where s."old" = a."annotatorId" and b."projectId" = ${projectId}::uuid and b."recordId" = a."recordId"
        and b."labelName" = ${label}::text and ${sight ? labelInSight(sight, rawSql(`b."id"`)) : rawSql("true")})
    else true end`;
}
