import type { WebhookDelivery } from "@/contracts/webhooks";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { presentDelivery, readWebhook } from "./webhook-repository";
import { writeDelivery } from "./write-delivery";

/** Tests that are still to be sent, of one webhook. */
const MOST_WAITING = 5;

/**
 * Has a message sent that says nothing but that it is a test.
 * @throws AppError `not_found`, `conflict` while the webhook is off or many tests still wait
 */
export async function testWebhook(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<WebhookDelivery> {
  return inTransaction(db, async (tx) => {
    const { active } = await readWebhook(tx, projectId, id);
    if (!active) throw new AppError("conflict", "This webhook is switched off. Switch it on first.");
    const waiting = await tx.webhookDelivery.count({
      where: { projectId, webhookId: id, event: "test", state: "pending" },
    });
    if (waiting >= MOST_WAITING)
      throw new AppError(
        "conflict",
        "Earlier tests are still being sent. Look at what became of them first.",
      );
    return presentDelivery(await writeDelivery(tx, { projectId, webhookId: id, event: "test", subject: {} }));
  });
}
