import { z } from "zod";
import { type ModelCapabilities, modelCapabilities } from "@/contracts/model-capabilities";
import type { Db } from "@/server/platform/db";

type ModelRef = Pick<ModelCapabilities, "provider" | "baseUrl" | "model">;

/** As it stands in its column. */
const kept = modelCapabilities.pick({
  servedModel: true,
  listed: true,
  capabilities: true,
  topLogprobs: true,
  refused: true,
});

/** The provider's own address is written as no address. */
const keyOf = (projectId: string, { provider, baseUrl, model }: ModelRef) => ({
  projectId,
  provider,
  baseUrl: baseUrl ?? "",
  model,
});

/** What a probe has found out about a model at its address in this project, or null when it was never probed. */
export async function findCapabilities(
  db: Db,
  projectId: string,
  ref: { provider: string; baseUrl: string | null; model: string },
): Promise<ModelCapabilities | null> {
  const named = z.object({ provider: modelCapabilities.shape.provider }).safeParse(ref);
  if (!named.success) return null;
  const { provider } = named.data;
  const { baseUrl, model } = ref;
  const row = await db.modelCapability.findUnique({
    where: { projectId_provider_baseUrl_model: keyOf(projectId, { provider, baseUrl, model }) },
  });
  if (!row) return null;
  return { provider, baseUrl, model, probedAt: row.probedAt.toISOString(), ...kept.parse(row.findings) };
}

/** Puts a new finding in the place of the old one. */
export async function saveCapabilities(
  db: Db,
  { projectId, probedById }: { projectId: string; probedById: string },
  { probedAt, provider, baseUrl, model, ...found }: ModelCapabilities,
): Promise<void> {
  const key = keyOf(projectId, { provider, baseUrl, model });
  const content = { probedById, probedAt: new Date(probedAt), findings: kept.parse(found) };
  await db.modelCapability.upsert({
    where: { projectId_provider_baseUrl_model: key },
    create: { ...key, ...content },
    update: content,
  });
}
