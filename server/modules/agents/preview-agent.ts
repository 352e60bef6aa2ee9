import type { z } from "zod";
import type { PreviewOutput, previewAgentInput } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readVersion } from "./agent-repository";
import { previewDraft } from "./preview-draft";

/**
 * The exact prompts of an agent's newest version, on the active label schema.
 * @throws AppError `not_found`, `invalid_agent` when the schema has changed so that the prompt no longer fits
 */
export async function previewAgent(
  db: Db,
  actor: ProjectActor,
  { id, ...target }: Omit<z.infer<typeof previewAgentInput>, "project">,
): Promise<PreviewOutput> {
  const { provider, baseUrl, model, prompt } = await readVersion(db, actor.projectId, id);
  return previewDraft(db, actor, { provider, baseUrl, model, prompt, ...target });
}
