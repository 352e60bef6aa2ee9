import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";
import { noSuchWebhook } from "./webhook-repository";

/** Deletes a webhook with its messages; what has not been sent is not sent. @throws AppError `not_found` */
export async function deleteWebhook(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // The lock keeps an event that happens now from adding a message.
    await execute(
      tx,
      sql`select 1 from "Webhook" where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid for update`,
    );
    const webhook = await tx.webhook.findUnique({
      where: { projectId_id: { projectId, id } },
      select: { url: true },
    });
    if (!webhook) throw noSuchWebhook();
    await tx.webhookDelivery.deleteMany({ where: { projectId, webhookId: id } });
    await tx.webhook.delete({ where: { projectId_id: { projectId, id } } });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "webhook.deleted",
      target: id,
      details: { host: new URL(webhook.url).host },
      address,
    });
  });
}
