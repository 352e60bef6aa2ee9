import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/**
 * Where it is told that what a person may do in a project has changed (role, disabled, removed, signed out,
 * token revoked). The payload is an {@link AccessChange}: live connections of that person in that project
 * close and prove themselves anew.
 */
export const membershipTopic = (projectId: string): string => `membership.${projectId}`;

export type AccessChange = { userId: string };

/** Tells the live servers of one project, when the transaction of `db` commits. */
export async function announceAccessChange(db: Db, projectId: string, userId: string): Promise<void> {
  await publish(db, membershipTopic(projectId), { userId } satisfies AccessChange);
}

/** Tells the live servers of every project of a person: a session ended, or a token. */
export async function announceEverywhere(db: Db, userId: string): Promise<void> {
  const memberships = await db.membership.findMany({
    where: { userId, removedAt: null },
    select: { projectId: true },
  });
  for (const { projectId } of memberships) await announceAccessChange(db, projectId, userId);
}
