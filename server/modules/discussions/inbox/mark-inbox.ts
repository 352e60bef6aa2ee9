import type { z } from "zod";
import type { markInboxInput } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { execute, rawSql, sql } from "@/server/platform/sql";
import { announceDiscussion } from "../discussion-topic";
import { inboxOf } from "./inbox-reach";
import { countUnread } from "./list-inbox";

type MarkInboxInput = Omit<z.infer<typeof markInboxInput>, "project">;

/**
 * Marks entries of the actor's inbox as read, or as not read; without ids all that they can read now, so that what
 * is not shown to them yet still comes as new.
 * @returns how many are unread then
 */
export async function markInbox(
  db: Db,
  actor: ProjectActor,
  { ids, read }: MarkInboxInput,
): Promise<{ unread: number }> {
  return inTransaction(db, async (tx) => {
    const shown = await inboxOf(tx, actor);
    const named = ids === undefined ? rawSql("true") : sql`e."id" = any(${ids}::uuid[])`;
    const differs = rawSql(read ? `e."readAt" is null` : `e."readAt" is not null`);
    const changed = await execute(
      tx,
      sql`update "InboxEntry" set "readAt" = case when ${read}::boolean then now() end
        where "projectId" = ${actor.projectId}::uuid
          and "id" in (select e."id" from ${shown} and ${named} and ${differs})`,
    );
    if (changed > 0) await announceDiscussion(tx, actor.projectId);
    return countUnread(tx, actor);
  });
}
