import type { z } from "zod";
import type { retryFailedInput } from "@/contracts/jobs";
import { openSavedKey, savedKeyFor } from "@/server/modules/llm-keys";
import { open, seal } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";

type Place = { provider: string; baseUrl: string | null };

/**
 * What a job keeps of the key for its calls: one of its own, sealed for its row and erased when it ends; else only
 * which of the project's saved keys it is. Neither: the server's.
 */
export async function keptKey(
  tx: Db,
  job: { projectId: string; id: string },
  place: Place,
  apiKey: string | undefined,
): Promise<{ sealedApiKey: Uint8Array<ArrayBuffer> | null; llmKeyId: string | null }> {
  if (apiKey === undefined)
    return { sealedApiKey: null, llmKeyId: await savedKeyFor(tx, job.projectId, place) };
  return {
    sealedApiKey: new Uint8Array(Buffer.from(seal(apiKey, encryptionKey(), job.id), "utf8")),
    llmKeyId: null,
  };
}

/** The same for a job that goes on: a key of its own stays unless another is given. */
export async function renewedKey(
  tx: Db,
  projectId: string,
  { id, apiKey }: Pick<z.infer<typeof retryFailedInput>, "id" | "apiKey">,
): Promise<Partial<Awaited<ReturnType<typeof keptKey>>>> {
  const { sealedApiKey, agentVersion } = await tx.job.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
    select: { sealedApiKey: true, agentVersion: { select: { provider: true, baseUrl: true } } },
  });
  if (apiKey === undefined && sealedApiKey !== null) return {};
  return keptKey(tx, { projectId, id }, agentVersion, apiKey);
}

/** The key for a job's calls; null: the server's own. `lost`: the saved key that it used is gone. */
export async function openKey(
  db: Db,
  job: { projectId: string; id: string; sealedApiKey: Uint8Array | null; llmKeyId: string | null },
): Promise<{ apiKey: string | null; lost: boolean }> {
  const { projectId, id, sealedApiKey, llmKeyId } = job;
  if (sealedApiKey !== null)
    return { apiKey: open(Buffer.from(sealedApiKey).toString("utf8"), encryptionKey(), id), lost: false };
  if (llmKeyId === null) return { apiKey: null, lost: false };
  const apiKey = await openSavedKey(db, projectId, llmKeyId);
  return { apiKey, lost: apiKey === null };
}
