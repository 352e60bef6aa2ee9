import { z } from "zod";
import type { Db } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";

export const deliveryPayload = z.object({ projectId: z.uuid(), deliveryId: z.uuid() });
export type DeliveryPayload = z.infer<typeof deliveryPayload>;

/** Its handler is in the worker. */
const DELIVER = "deliver-webhook";

/** Has a message sent when the transaction of `db` commits, or at `runAt`. */
export async function enqueueDelivery(db: Db, payload: DeliveryPayload, runAt?: Date): Promise<void> {
  await enqueue(db, DELIVER, payload, {
    key: `${DELIVER}:${payload.deliveryId}`,
    ...(runAt ? { runAt } : {}),
  });
}
