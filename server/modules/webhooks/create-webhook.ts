import type { z } from "zod";
import type { CreatedWebhook, createWebhookInput } from "@/contracts/webhooks";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { newToken, seal } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { refusesAddress } from "@/server/platform/net/post-outside";
import { execute, sql } from "@/server/platform/sql";
import { readWebhook } from "./webhook-repository";

/** Webhooks of a project: each event is a message to every one. */
const MOST = 10;
const SECRET = "tdmw";

type CreateWebhookInput = Omit<z.infer<typeof createWebhookInput>, "project">;

/**
 * Has an address told of events. The secret that signs what is sent is in this answer alone, and kept sealed.
 * @throws AppError `invalid` at `url` for a private address, or when the project has as many webhooks as it may
 */
export async function createWebhook(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { url, events }: CreateWebhookInput,
): Promise<CreatedWebhook> {
  const problem = await refusesAddress(url);
  if (problem) throw invalid(problem);
  const id = newId();
  const secret = newToken(SECRET);
  return inTransaction(db, async (tx) => {
    await execute(tx, sql`select 1 from "Project" where "id" = ${projectId}::uuid for no key update`);
    if ((await tx.webhook.count({ where: { projectId } })) >= MOST)
      throw invalid(`can't be added: a project has at most ${MOST} webhooks, and one must be deleted first`);
    await tx.webhook.create({
      data: {
        id,
        projectId,
        url,
        events: [...new Set(events)],
        sealedSecret: new Uint8Array(Buffer.from(seal(secret, encryptionKey(), id), "utf8")),
        createdById: userId,
      },
    });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "webhook.created",
      target: id,
      // The rest of an address may hold a secret of the receiver.
      details: { host: new URL(url).host, events },
      address,
    });
    return { ...(await readWebhook(tx, projectId, id)), secret };
  });
}

const invalid = (message: string): AppError =>
  new AppError("invalid", `The address ${message}.`, { errors: [{ path: "url", message }] });
