import { deliverWebhook } from "@/server/modules/webhooks";
import type { TaskHandler } from "@/server/platform/queue";

/** Sends one message to an address that wants to know. */
export const handleDeliverWebhook: TaskHandler = (payload, context) => deliverWebhook(payload, context);
