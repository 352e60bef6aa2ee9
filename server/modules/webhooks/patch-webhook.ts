import type { Webhook } from "@/contracts/webhooks";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { noSuchWebhook, readWebhook } from "./webhook-repository";

/** Switches a webhook off, or on again, whoever switched it off. @throws AppError `not_found` */
export async function patchWebhook(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id, active }: { id: string; active: boolean },
): Promise<Webhook> {
  return inTransaction(db, async (tx) => {
    const { count } = await tx.webhook.updateMany({
      where: { projectId, id },
      data: { active, disabledReason: null },
    });
    if (count === 0) throw noSuchWebhook();
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "webhook.changed",
      target: id,
      details: { active },
      address,
    });
    return readWebhook(tx, projectId, id);
  });
}
