import type { z } from "zod";
import type { PreviewOutput, previewDraftInput } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { checkContent } from "./check-content";
import { readChosenRecords } from "./chosen-records";
import { previewPrompts } from "./preview-prompts";

/**
 * The exact prompts of what is not saved yet, on records of the project or on given texts.
 * @throws AppError `invalid_agent` with every problem, `invalid` for an unknown record
 */
export async function previewDraft(
  db: Db,
  actor: ProjectActor,
  { texts, recordIds, subsetId, limit, ...draft }: Omit<z.infer<typeof previewDraftInput>, "project">,
): Promise<PreviewOutput> {
  const { content, schema } = await checkContent(db, actor, draft);
  const chosen =
    texts?.slice(0, limit).map((text) => ({ content: text })) ??
    (await readChosenRecords(db, actor, { recordIds, subsetId, limit, order: "position" }));
  return previewPrompts(schema, content, chosen);
}
