import { z } from "zod";
import {
  changedWebhook,
  createdWebhook,
  createWebhookInput,
  deliveryList,
  listDeliveriesInput,
  listWebhooksInput,
  patchWebhookInput,
  startedDelivery,
  webhookList,
  webhookRef,
} from "@/contracts/webhooks";
import {
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  patchWebhook,
  testWebhook,
} from "@/server/modules/webhooks";
import { projectProcedure, router } from "../trpc";

const tags = ["Webhooks"];
const path = "/projects/{project}/webhooks" as const;

export const webhooksRouter = router({
  list: projectProcedure("project:manage")
    .meta({ openapi: { method: "GET", path, tags, summary: "Addresses that are told of events" } })
    .input(listWebhooksInput)
    .output(webhookList)
    .query(({ ctx }) => listWebhooks(ctx.db, ctx.member)),

  create: projectProcedure("project:manage")
    .meta({
      openapi: {
        method: "POST",
        path,
        tags,
        summary:
          "Have an address told of events; Tandem-Signature is v1= and the hex HMAC-SHA256 of Tandem-Timestamp, a full stop and the body",
      },
      status: 201,
    })
    .input(createWebhookInput)
    .output(createdWebhook)
    .mutation(({ ctx, input }) => createWebhook(ctx.db, ctx.member, input)),

  patch: projectProcedure("project:manage")
    .meta({
      openapi: { method: "PATCH", path: `${path}/{id}`, tags, summary: "Switch a webhook off, or on again" },
    })
    .input(patchWebhookInput)
    .output(changedWebhook)
    .mutation(({ ctx, input }) => patchWebhook(ctx.db, ctx.member, input)),

  delete: projectProcedure("project:manage")
    .meta({
      openapi: { method: "DELETE", path: `${path}/{id}`, tags, summary: "Delete a webhook" },
      status: 204,
    })
    .input(webhookRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteWebhook(ctx.db, ctx.member, input)),

  test: projectProcedure("project:manage")
    .meta({
      openapi: { method: "POST", path: `${path}/{id}/test`, tags, summary: "Send a test" },
      status: 202,
    })
    .input(webhookRef)
    .output(startedDelivery)
    .mutation(({ ctx, input }) => testWebhook(ctx.db, ctx.member, input)),

  deliveries: projectProcedure("project:manage")
    .meta({
      openapi: {
        method: "GET",
        path: `${path}/{id}/deliveries`,
        tags,
        summary: "What was sent to an address and what became of it, newest first",
      },
    })
    .input(listDeliveriesInput)
    .output(deliveryList)
    .query(({ ctx, input }) => listDeliveries(ctx.db, ctx.member, input)),
});
