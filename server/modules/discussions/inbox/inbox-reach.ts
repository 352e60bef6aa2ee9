import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { type Sql, sql } from "@/server/platform/sql";
import { shownTo } from "../shown-to";

/**
 * Tables and condition of the entries `e` in the actor's inbox that they may read now: the record `r` is there and
 * in their reach, and a comment `c` is shown to them. What is not shown yet counts from the moment it is.
 */
export async function inboxOf(db: Db, actor: ProjectActor): Promise<Sql> {
  const { projectId, userId } = actor;
  return sql`"InboxEntry" e
    join "Record" r on r."projectId" = e."projectId" and r."id" = e."recordId"
    left join "Comment" c on c."projectId" = e."projectId" and c."id" = e."commentId"
    left join "RecordFlag" f on f."projectId" = e."projectId" and f."id" = e."flagId"
    where e."projectId" = ${projectId}::uuid and e."userId" = ${userId}::uuid
      and ${await recordFilter(db, actor, null)}
      and (c."id" is null or (c."deletedAt" is null and ${await shownTo(db, actor, "c")}))`;
}
