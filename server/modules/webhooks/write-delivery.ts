import type { DeliveryEvent } from "@/contracts/webhooks";
import type { Prisma } from "@/prisma/generated/client/client";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { enqueueDelivery } from "./deliver-task";

/** What an event is about, by the name under which it stands in the message: `{job: {id, status}}`. */
export type EventSubject = Readonly<Record<string, Readonly<Record<string, string | number | null>>>>;

type NewDelivery = { projectId: string; webhookId: string; event: DeliveryEvent; subject: EventSubject };

/** Writes a message with the task that sends it. Its body is fixed here, so that each try sends the same bytes. */
export async function writeDelivery(
  tx: Db,
  { projectId, webhookId, event, subject }: NewDelivery,
): Promise<Prisma.WebhookDeliveryGetPayload<object>> {
  const id = newId();
  const { slug } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { slug: true } });
  const createdAt = new Date();
  const body = JSON.stringify({
    id,
    event,
    createdAt: createdAt.toISOString(),
    project: { id: projectId, slug },
    ...subject,
  });
  const row = await tx.webhookDelivery.create({
    data: { id, projectId, webhookId, event, body, createdAt, nextAt: createdAt },
  });
  await enqueueDelivery(tx, { projectId, deliveryId: id });
  return row;
}
