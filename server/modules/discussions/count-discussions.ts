import type { DiscussionCounts } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { type Place, shownTo } from "./shown-to";

/** How much was said about each of some records, for the rows of a list; those about which nothing was are left out. */
export async function countDiscussions(
  db: Db,
  actor: ProjectActor,
  { recordIds, ...place }: Place & { recordIds: readonly string[] },
): Promise<{ items: DiscussionCounts[] }> {
  if (recordIds.length === 0) return { items: [] };
  const { projectId, userId } = actor;
  const filter = await recordFilter(db, actor, { ids: [...recordIds] });
  const items = await queryRows<DiscussionCounts>(
    db,
    sql`with comments as (select c."recordId", count(*)::int as "n" from "Comment" c
        where c."projectId" = ${projectId}::uuid and c."recordId" = any(${recordIds}::uuid[])
          and c."deletedAt" is null and ${await shownTo(db, actor, "c", place)} group by 1),
      flags as (select f."recordId", count(*)::int as "n", (json_agg(json_build_object('id', f."id", 'kind', f."kind",
          'note', f."note")) filter (where f."authorId" = ${userId}::uuid)) -> 0 as "own" from "RecordFlag" f
        where f."projectId" = ${projectId}::uuid and f."recordId" = any(${recordIds}::uuid[])
          and f."state" = 'open' and ${await shownTo(db, actor, "f", place)} group by 1)
      select r."id" as "recordId", coalesce(k."n", 0) as "comments", coalesce(g."n", 0) as "openFlags",
        g."own" as "ownFlag"
      from "Record" r left join comments k on k."recordId" = r."id" left join flags g on g."recordId" = r."id"
      where ${filter} and (k."n" is not null or g."n" is not null) order by r."id"`,
  );
  return { items };
}
