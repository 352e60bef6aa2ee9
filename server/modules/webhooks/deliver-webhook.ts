import { recordAudit } from "@/server/modules/access";
import { open } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";
import { type Posted, postOutside } from "@/server/platform/net/post-outside";
import type { TaskContext } from "@/server/platform/queue";
import { execute, sql } from "@/server/platform/sql";
import { type DeliveryPayload, deliveryPayload, enqueueDelivery } from "./deliver-task";
import { MOST_TRIES, retryDelay } from "./retry-delay";
import { signedHeaders } from "./sign";

const TIMEOUT_MS = 10_000;
/** Messages of one webhook that are kept to be looked at; older ones go when one has ended. */
const KEPT = 200;

type DeliverContext = Pick<TaskContext, "db" | "signal" | "isCurrent">;
type DeliverOptions = { post?: typeof postOutside; timeoutMs?: number; random?: () => number };

const SWITCHED_OFF = "The webhook was switched off.";

/**
 * One try to send a message: any answer from 200 to 299 says that it has come. After a failure the next try is a
 * delayed task. A worker that is killed in between sends the message again, under the same id. An address that let a
 * message fail through all of its tries and took no other meanwhile is switched off.
 */
export async function deliverWebhook(
  payload: unknown,
  { db, signal, isCurrent }: DeliverContext,
  { post = postOutside, timeoutMs = TIMEOUT_MS, random = Math.random }: DeliverOptions = {},
): Promise<void> {
  const ref = deliveryPayload.parse(payload);
  const found = await findDelivery(db, ref);
  if (!found) return;
  const { webhook, ...delivery } = found;
  const posted: Posted = webhook.active
    ? await post(webhook.url, { ...messageOf(webhook, delivery), timeoutMs, signal })
    : { problem: SWITCHED_OFF };
  await inTransaction(db, async (tx) => {
    if (!(await isCurrent(tx))) throw new Error("The lease was lost.");
    // The webhook before its message: whoever deletes both takes them in this order.
    const held = await execute(
      tx,
      sql`select 1 from "Webhook" where "projectId" = ${ref.projectId}::uuid and "id" = ${webhook.id}::uuid
        for no key update`,
    );
    if (held === 0) return;
    await noteTry(tx, ref, { webhook, delivery, posted, random: random() });
  });
}

const findDelivery = (db: Db, { projectId, deliveryId }: DeliveryPayload) =>
  db.webhookDelivery.findFirst({
    where: { projectId, id: deliveryId, state: "pending" },
    select: {
      id: true,
      event: true,
      body: true,
      attempts: true,
      createdAt: true,
      webhook: { select: { id: true, url: true, active: true, sealedSecret: true } },
    },
  });

type Found = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;
type FoundWebhook = Found["webhook"];
type FoundDelivery = Omit<Found, "webhook">;

function messageOf({ id, sealedSecret }: FoundWebhook, { id: delivery, event, body }: FoundDelivery) {
  const secret = open(Buffer.from(sealedSecret).toString("utf8"), encryptionKey(), id);
  return {
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "tandem",
      "tandem-event": event,
      "tandem-delivery": delivery,
      ...signedHeaders({ secret, body, at: Math.floor(Date.now() / 1000) }),
    },
  };
}

type Try = { webhook: FoundWebhook; delivery: FoundDelivery; posted: Posted; random: number };

async function noteTry(
  tx: Db,
  ref: DeliveryPayload,
  { webhook, delivery, posted, random }: Try,
): Promise<void> {
  const { projectId, deliveryId } = ref;
  const now = new Date();
  const attempts = delivery.attempts + (webhook.active ? 1 : 0);
  const status = "status" in posted ? posted.status : null;
  const arrived = status !== null && status >= 200 && status < 300;
  const delayMs = arrived || !webhook.active ? null : retryDelay(attempts, random);
  const nextAt = delayMs === null ? null : new Date(now.getTime() + delayMs);
  const lastError = arrived ? null : "problem" in posted ? posted.problem : whyRefused(posted.status);
  await tx.webhookDelivery.updateMany({
    where: { projectId, id: deliveryId, state: "pending" },
    data: {
      state: arrived ? "delivered" : nextAt ? "pending" : "failed",
      attempts,
      nextAt,
      lastStatus: status,
      lastError,
      ...(nextAt ? {} : { finishedAt: now }),
    },
  });
  if (nextAt) return enqueueDelivery(tx, ref, nextAt);
  if (arrived)
    await tx.webhook.updateMany({ where: { projectId, id: webhook.id }, data: { lastDeliveredAt: now } });
  else if (webhook.active) await switchOff(tx, projectId, { webhook, delivery, lastError: lastError ?? "" });
  await forgetOld(tx, projectId, webhook.id);
}

const whyRefused = (status: number): string =>
  status >= 300 && status < 400
    ? `It answered ${status}; redirects are not followed. Give the address that it leads to.`
    : `It answered ${status}.`;

/** Only when nothing came through since the message was written: another may have been lost to itself alone. */
async function switchOff(
  tx: Db,
  projectId: string,
  { webhook, delivery, lastError }: Pick<Try, "webhook" | "delivery"> & { lastError: string },
): Promise<void> {
  const { count } = await tx.webhook.updateMany({
    where: {
      projectId,
      id: webhook.id,
      active: true,
      OR: [{ lastDeliveredAt: null }, { lastDeliveredAt: { lt: delivery.createdAt } }],
    },
    data: { active: false, disabledReason: `${MOST_TRIES} tries in a row failed. ${lastError}` },
  });
  if (count > 0)
    await recordAudit(tx, {
      projectId,
      actorId: null,
      action: "webhook.disabled",
      target: webhook.id,
      details: { host: new URL(webhook.url).host },
    });
}

const forgetOld = (tx: Db, projectId: string, webhookId: string): Promise<number> =>
  execute(
    tx,
    sql`delete from "WebhookDelivery" where "projectId" = ${projectId}::uuid and "webhookId" = ${webhookId}::uuid
      and "state" <> 'pending' and "id" <= (
        select "id" from "WebhookDelivery"
        where "projectId" = ${projectId}::uuid and "webhookId" = ${webhookId}::uuid
        order by "id" desc offset ${KEPT}::int limit 1)`,
  );
