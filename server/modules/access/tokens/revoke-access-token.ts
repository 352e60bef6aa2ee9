import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { announceEverywhere } from "../access-topic";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit";

/** Makes one of the caller's own tokens worthless at once. @throws AppError `not_found` for any other */
export async function revokeAccessToken(db: Db, actor: Actor, { id }: { id: string }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const onlyProject = actor.token?.projectId ? { projectId: actor.token.projectId } : {};
    const [revoked] = await tx.accessToken.updateManyAndReturn({
      where: { id, userId: actor.userId, revokedAt: null, ...onlyProject },
      data: { revokedAt: new Date() },
      select: { projectId: true },
    });
    if (!revoked) throw new AppError("not_found", "You have no such access token.");
    await recordAudit(tx, {
      projectId: revoked.projectId,
      actorId: actor.userId,
      action: "token.revoked",
      target: id,
      address: actor.address,
    });
    await announceEverywhere(tx, actor.userId);
  });
}
