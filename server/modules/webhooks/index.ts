export { announceEvent } from "./announce-event";
export { createWebhook } from "./create-webhook";
export { deleteWebhook } from "./delete-webhook";
export { deliverWebhook } from "./deliver-webhook";
export { listDeliveries } from "./list-deliveries";
export { listWebhooks } from "./list-webhooks";
export { patchWebhook } from "./patch-webhook";
export { testWebhook } from "./test-webhook";
