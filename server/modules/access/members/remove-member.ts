import type { Db } from "@/server/platform/db";
import type { ProjectActor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { changeMember } from "./change-members";

/**
 * Takes a person out of a project; also one's own way out. Labels and verdicts stay, with their name. Their
 * access tokens for this project are revoked.
 */
export async function removeMember(
  db: Db,
  actor: ProjectActor,
  { userId }: { userId: string },
): Promise<void> {
  const { projectId } = actor;
  await changeMember(db, actor, userId, async (tx, { name, role }) => {
    const now = new Date();
    await tx.membership.update({
      where: { projectId_userId: { projectId, userId } },
      data: { removedAt: now, disabledAt: null },
    });
    await tx.accessToken.updateMany({
      where: { projectId, userId, revokedAt: null },
      data: { revokedAt: now },
    });
    await recordAudit(tx, {
      projectId,
      actorId: actor.userId,
      action: "member.removed",
      target: userId,
      details: { name, role },
      address: actor.address,
    });
  });
}
