import { deliveryEvent, type Webhook, type WebhookDelivery, webhookEvent } from "@/contracts/webhooks";
import type { Prisma } from "@/prisma/generated/client/client";
import { namesOf } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** What is read of a webhook to show it: everything but its secret. */
export const shownWebhook = {
  id: true,
  url: true,
  events: true,
  active: true,
  disabledReason: true,
  lastDeliveredAt: true,
  createdById: true,
  createdAt: true,
} as const satisfies Prisma.WebhookSelect;

type WebhookRow = Prisma.WebhookGetPayload<{ select: typeof shownWebhook }>;

export async function presentWebhooks(db: Db, rows: readonly WebhookRow[]): Promise<Webhook[]> {
  const names = await namesOf(
    db,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map(({ createdById, createdAt, lastDeliveredAt, events, ...row }) => ({
    ...row,
    events: events.map((event) => webhookEvent.parse(event)),
    lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
    createdBy: { id: createdById, name: names.get(createdById) ?? "" },
    createdAt: createdAt.toISOString(),
  }));
}

/** One webhook as it is shown. @throws AppError `not_found` */
export async function readWebhook(db: Db, projectId: string, id: string): Promise<Webhook> {
  const row = await db.webhook.findUnique({
    where: { projectId_id: { projectId, id } },
    select: shownWebhook,
  });
  const [webhook] = row ? await presentWebhooks(db, [row]) : [];
  if (!webhook) throw noSuchWebhook();
  return webhook;
}

export const noSuchWebhook = (): AppError =>
  new AppError("not_found", "There is no such webhook in this project.");

type DeliveryRow = Prisma.WebhookDeliveryGetPayload<object>;

export const presentDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  event: deliveryEvent.parse(row.event),
  state: row.state,
  attempts: row.attempts,
  nextAt: row.nextAt?.toISOString() ?? null,
  lastStatus: row.lastStatus,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
