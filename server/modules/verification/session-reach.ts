import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** The condition on `"VerificationSession" s` for sessions that the actor may see: annotators only those opened to them. */
export const sessionsOpenTo = (actor: ProjectActor): Sql =>
  seesOnlyOwn(actor)
    ? sql`exists (select 1 from "SessionMember" m where m."projectId" = s."projectId"
        and m."sessionId" = s."id" and m."userId" = ${actor.userId}::uuid)`
    : rawSql("true");
