import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { listDeliveriesInput, WebhookDelivery } from "@/contracts/webhooks";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { presentDelivery, readWebhook } from "./webhook-repository";

/** What was sent to an address, or is to be, newest first. @throws AppError `not_found` */
export async function listDeliveries(
  db: Db,
  { projectId }: ProjectActor,
  { id, limit, cursor }: Omit<z.infer<typeof listDeliveriesInput>, "project">,
): Promise<ListOf<WebhookDelivery>> {
  await readWebhook(db, projectId, id);
  const where = { projectId, webhookId: id };
  return pageById({
    limit,
    cursor,
    read: async (before, take) => {
      const rows = await db.webhookDelivery.findMany({
        where: { ...where, ...(before ? { id: { lt: before } } : {}) },
        orderBy: { id: "desc" },
        take,
      });
      return rows.map(presentDelivery);
    },
    count: () => db.webhookDelivery.count({ where }),
  });
}
