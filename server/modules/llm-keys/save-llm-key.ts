import type { z } from "zod";
import type { LlmKey, saveLlmKeyInput } from "@/contracts/llm-keys";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { seal } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { checkBaseUrl } from "@/server/platform/llm";
import { keptAddress, presentKeys, shownKey } from "./llm-key-repository";

/** Of a key this long or longer, four characters tell it from others and nothing about it. */
const LONG_ENOUGH = 12;

/**
 * Saves a key for the project's calls to one provider at one address, in the place of an earlier one; running jobs
 * take the new one at their next run. It is sealed for its own row and never leaves it but for a call.
 * @throws AppError `invalid` for an address that may not be called
 */
export async function saveLlmKey(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { provider, baseUrl, apiKey }: Omit<z.infer<typeof saveLlmKeyInput>, "project">,
): Promise<LlmKey> {
  const place = keptAddress(baseUrl);
  const problem = place === "" ? null : await checkBaseUrl(place);
  if (problem)
    throw new AppError("invalid", `baseUrl ${problem}.`, { errors: [{ path: "baseUrl", message: problem }] });
  return inTransaction(db, async (tx) => {
    const where = { projectId_provider_baseUrl: { projectId, provider, baseUrl: place } };
    const known = await tx.llmKey.findUnique({ where, select: { id: true } });
    const id = known?.id ?? newId();
    const kept = {
      sealedKey: new Uint8Array(Buffer.from(seal(apiKey, encryptionKey(), id), "utf8")),
      lastFour: apiKey.length < LONG_ENOUGH ? "" : apiKey.slice(-4),
      createdById: userId,
      createdAt: new Date(),
    };
    const row = await tx.llmKey.upsert({
      where,
      create: { id, projectId, provider, baseUrl: place, ...kept },
      update: kept,
      select: shownKey,
    });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "llm_key.saved",
      target: row.id,
      details: { provider, ...(place === "" ? {} : { baseUrl: place }) },
      address,
    });
    const [shown] = await presentKeys(tx, [row]);
    if (!shown) throw new Error("The saved key has no row.");
    return shown;
  });
}
