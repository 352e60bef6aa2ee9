import { type Db, inTransaction } from "@/server/platform/db";
import type { ProjectActor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { noSuchInvitation } from "./list-invitations";

/** Ends an invitation for good; whoever joined by it stays. Twice is once. @throws AppError `not_found` */
export async function revokeInvitation(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { projectId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 1) {
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "invitation.revoked",
        target: id,
        address,
      });
    } else if ((await tx.invitation.count({ where: { projectId, id } })) === 0) {
      throw noSuchInvitation();
    }
  });
}
