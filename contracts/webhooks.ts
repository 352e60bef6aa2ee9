import { z } from "zod";
import { id, isoTime, listOf, page, projectRef } from "./common";

/** What an address can be told of. */
export const webhookEvents = ["job.finished", "session.closed"] as const;
export const webhookEvent = z.enum(webhookEvents);
export type WebhookEvent = z.infer<typeof webhookEvent>;

const webhook = z.object({
  id,
  url: z.string(),
  events: z.array(webhookEvent),
  active: z.boolean(),
  /** Why the server itself switched it off; null while it is on, or when a person did. */
  disabledReason: z.string().nullable(),
  lastDeliveredAt: isoTime.nullable(),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export type Webhook = z.infer<typeof webhook>;
export const webhookList = listOf(webhook);
export const changedWebhook = webhook;

/**
 * What is sent is signed: `Tandem-Signature: v1=<hex>` is HMAC-SHA256 by this secret over the header
 * `Tandem-Timestamp`, a full stop, and the body as it came. It is shown in this answer alone.
 */
export const createdWebhook = webhook.extend({ secret: z.string() });
export type CreatedWebhook = z.infer<typeof createdWebhook>;

/** `test` is sent when somebody asks for it. */
export const deliveryEvent = z.enum([...webhookEvents, "test"]);
export type DeliveryEvent = z.infer<typeof deliveryEvent>;

const delivery = z.object({
  /** Also the header `Tandem-Delivery`, the same in each try. */
  id,
  event: deliveryEvent,
  state: z.enum(["pending", "delivered", "failed"]),
  /** Tries so far. */
  attempts: z.number().int(),
  /** When it is tried again; null when it is not. */
  nextAt: isoTime.nullable(),
  /** HTTP status of the last answer; null when there was none. */
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
});
export type WebhookDelivery = z.infer<typeof delivery>;
export const deliveryList = listOf(delivery);
export const startedDelivery = delivery;

export const webhookUrl = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => URL.canParse(text), "must be an address like https://host/path")
  .refine(
    (text) => !URL.canParse(text) || /^https?:$/.test(new URL(text).protocol),
    "must start with https:// or http://",
  )
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url === null || (url.username === "" && url.password === "" && url.hash === "");
  }, "must not hold a user name, a password or #");

export const listWebhooksInput = z.object({ project: projectRef });
export const createWebhookInput = z.object({
  project: projectRef,
  url: webhookUrl,
  events: z
    .array(webhookEvent)
    .min(1)
    .max(webhookEvents.length)
    .default([...webhookEvents]),
});
export const webhookRef = z.object({ project: projectRef, id });
export const patchWebhookInput = z.object({ project: projectRef, id, active: z.boolean() });
export const listDeliveriesInput = page.extend({ project: projectRef, id });
