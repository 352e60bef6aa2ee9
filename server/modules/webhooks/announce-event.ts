import type { WebhookEvent } from "@/contracts/webhooks";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { type EventSubject, writeDelivery } from "./write-delivery";

/**
 * Has every address that wants to know told of an event, when the transaction of `tx`, in which it happens, commits.
 * @param subject what it happened to: ids and states, never texts of records
 */
export async function announceEvent(
  tx: Db,
  projectId: string,
  { event, subject }: { event: WebhookEvent; subject: EventSubject },
): Promise<void> {
  // Locked: a webhook that is deleted meanwhile would fail what is announced.
  const wanting = await queryRows<{ id: string }>(
    tx,
    sql`select "id" from "Webhook"
      where "projectId" = ${projectId}::uuid and "active" and ${event}::text = any("events")
      order by "id" for key share`,
  );
  for (const { id } of wanting) await writeDelivery(tx, { projectId, webhookId: id, event, subject });
}
