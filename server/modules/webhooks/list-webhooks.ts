import type { ListOf } from "@/contracts/common";
import type { Webhook } from "@/contracts/webhooks";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { presentWebhooks, shownWebhook } from "./webhook-repository";

/** A project's webhooks without their secrets, newest first. */
export async function listWebhooks(db: Db, { projectId }: ProjectActor): Promise<ListOf<Webhook>> {
  const rows = await db.webhook.findMany({
    where: { projectId },
    select: shownWebhook,
    orderBy: { id: "desc" },
  });
  return { items: await presentWebhooks(db, rows), nextCursor: null, total: rows.length, totalExact: true };
}
