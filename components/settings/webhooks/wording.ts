import type { DeliveryEvent, WebhookDelivery } from "@/contracts/webhooks";

export const eventWords: Record<DeliveryEvent, string> = {
  "job.finished": "Job finished",
  "session.closed": "Session closed",
  test: "Test",
};

export const stateWords: Record<
  WebhookDelivery["state"],
  { label: string; tone: "neutral" | "good" | "bad" }
> = {
  pending: { label: "Waiting", tone: "neutral" },
  delivered: { label: "Delivered", tone: "good" },
  failed: { label: "Given up", tone: "bad" },
};
