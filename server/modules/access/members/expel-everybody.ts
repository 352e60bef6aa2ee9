import type { Db } from "@/server/platform/db";
import { announceAccessChange } from "../access-topic";

/**
 * Closes a project to everybody, in the transaction of why: members, invitations and the access tokens that reach it
 * alone. Live connections close when it commits.
 */
export async function expelEverybody(tx: Db, projectId: string): Promise<void> {
  const now = new Date();
  // Invitations first: whoever is joining holds theirs, and is a member by the time members are removed.
  await tx.invitation.updateMany({ where: { projectId, revokedAt: null }, data: { revokedAt: now } });
  const members = await tx.membership.findMany({ where: { projectId }, select: { userId: true } });
  await tx.membership.updateMany({
    where: { projectId, removedAt: null },
    data: { removedAt: now, disabledAt: null },
  });
  await tx.accessToken.updateMany({ where: { projectId, revokedAt: null }, data: { revokedAt: now } });
  for (const { userId } of members) await announceAccessChange(tx, projectId, userId);
}
