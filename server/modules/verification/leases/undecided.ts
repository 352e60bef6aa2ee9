import type { ProjectActor } from "@/server/modules/access";
import { type Sql, sql } from "@/server/platform/sql";
import type { LeaseSearch } from "./lease";

/**
 * Items that are still the actor's to decide, of records that exist and are not skipped, over `"SessionItem" i`: in a
 * shared session those that nobody has decided, in an independent one those that they have not decided themselves.
 */
export const undecidedBy = ({ projectId, userId }: ProjectActor, { sessionId, skip }: LeaseSearch): Sql =>
  sql`i."projectId" = ${projectId}::uuid and i."sessionId" = ${sessionId}::uuid
    and i."recordId" <> all(${skip}::uuid[]) and i."annotationId" <> all(${skip}::uuid[])
    and exists (select 1 from "Record" r where r."projectId" = i."projectId" and r."id" = i."recordId"
      and r."deletedAt" is null)
    and not exists (select 1 from "Verification" v where v."projectId" = i."projectId"
      and v."sessionId" = i."sessionId" and v."annotationId" = i."annotationId" and v."current"
      and v."status" is not null and (v."inSharedSession" or v."verifierId" = ${userId}::uuid))`;
