import type { z } from "zod";
import type { VersionContent } from "@/contracts/agent-diff";
import type { PreviewOutput, previewDraftInput } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { findCapabilities } from "./capabilities/capability-repository";
import { checkContent } from "./check-content";
import { readChosenRecords } from "./chosen-records";
import { openDraft } from "./examples/open-prompts";
import { modelWarnings } from "./model-parameters";
import { previewPrompts } from "./preview-prompts";

/** Records whose prompts are shown where nobody said which. */
const USUALLY_SHOWN = 10;

/**
 * The exact prompts of what is not saved yet, on records of the project or on given texts.
 * @throws AppError `invalid_agent` with every problem, `invalid` for an unknown record
 */
export async function previewDraft(
  db: Db,
  actor: ProjectActor,
  { texts, recordIds, subsetId, limit, offset, ...draft }: Omit<z.infer<typeof previewDraftInput>, "project">,
): Promise<PreviewOutput> {
  const { content, schema } = await checkContent(db, actor, draft);
  const most = limit ?? ((texts ?? recordIds)?.length || USUALLY_SHOWN);
  const chosen =
    texts?.slice(0, most).map((text) => ({ content: text })) ??
    (await readChosenRecords(db, actor, { recordIds, subsetId, limit: most, offset, order: "position" }));
  const prompts = await openDraft(db, actor, schema, content.prompt);
  const shown = await previewPrompts(prompts, schema, content, chosen);
  return { ...shown, warnings: await draftWarnings(db, actor, content) };
}

async function draftWarnings(
  db: Db,
  { projectId }: ProjectActor,
  { provider, baseUrl, model, prompt }: VersionContent,
): Promise<PreviewOutput["warnings"]> {
  const capabilities = await findCapabilities(db, projectId, { provider, baseUrl, model: model.model });
  const systemMessage = (prompt.system ?? "").trim() !== "";
  // Whether confidence is wanted is the job's to say: a preview warns only of what the agent itself sets.
  return modelWarnings(model, { conf: false, systemMessage, capabilities });
}
