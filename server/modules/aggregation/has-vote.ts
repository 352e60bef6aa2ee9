import { labelInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { DecideInput } from "./decide-input";

/**
 * The condition that `"Annotation" a` has a vote: where the newest version alone has one, that no newer job of the same
 * agent which counts has labelled the record. So a version that ran on few records silences the older one there alone.
 */
export function hasVote({ projectId, label, annotators, versions, sight }: DecideInput): Sql {
  if (versions === "every") return rawSql("true");
  return sql`not exists (select 1 from "Job" old
      join "AgentVersion" was on was."projectId" = old."projectId" and was."id" = old."agentVersionId"
      join "AgentVersion" is_now on is_now."projectId" = was."projectId" and is_now."agentId" = was."agentId"
      join "Job" newer on newer."projectId" = is_now."projectId" and newer."agentVersionId" = is_now."id"
        and (is_now."version", newer."id") > (was."version", old."id")
      join "Annotation" b on b."projectId" = newer."projectId" and b."annotatorId" = newer."id"
        and b."labelName" = ${label}::text
      where old."projectId" = ${projectId}::uuid and old."id" = a."annotatorId" and b."recordId" = a."recordId"
        and ${annotators === null ? rawSql("true") : sql`b."annotatorId" = any(${annotators}::uuid[])`}
        and ${sight ? labelInSight(sight, rawSql(`b."id"`)) : rawSql("true")})`;
}
